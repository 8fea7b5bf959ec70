import * as z from 'zod'
import { OfUser } from './cluster.ts'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'

export const AccessKey = z
  .object({
    id: z.string(),
    /** When this console handed it over, and to which admin; `null` when it was made elsewhere, or is not known. */
    made: z.object({ at: Instant, by: z.string() }).nullable(),
  })
  .meta({ id: 'AccessKey' })
export type AccessKey = z.infer<typeof AccessKey>

/** The only answer that carries a secret. It is shown once and never stored. */
export const NewAccessKey = z.object({ id: z.string(), secret: z.string() }).meta({ id: 'NewAccessKey' })
export type NewAccessKey = z.infer<typeof NewAccessKey>

const tags = ['keys']
const OneKey = OfUser.extend({ keyId: z.string().min(1).max(128) })

export const keysRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/users/:userId/keys',
    config: { verb: 'user.see', scope: 'user' },
    schema: { summary: 'List the key ids of a user', tags, params: OfUser, response: { 200: z.array(AccessKey) } },
  },
  create: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/users/:userId/keys',
    config: { verb: 'key.create', scope: 'user', sudo: true },
    schema: {
      summary: 'Generate a key; the secret is in this answer and nowhere else',
      tags,
      params: OfUser,
      body: z.strictObject({}),
      response: { 201: NewAccessKey },
    },
  },
  revoke: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/users/:userId/keys/:keyId',
    config: { verb: 'key.revoke', scope: 'user', sudo: true },
    schema: {
      summary: 'Revoke a key; the last one only when that is said',
      tags,
      params: OneKey,
      body: z.strictObject({ acceptLastKey: z.boolean().optional() }),
      response: { 204: z.void() },
    },
  },
} as const satisfies Routes
