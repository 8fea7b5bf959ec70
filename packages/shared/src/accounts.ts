import * as z from 'zod'
import { OfUser } from './cluster.ts'
import { NewAccessKey } from './keys.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

/** The gateway says nothing of what it accepts: these reach it as they are. */
const NewAccountName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  error: said`must be 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit`,
})

const tags = ['accounts']
const OfAccount = OfUser.extend({ account: z.string().min(1).max(256) })

export const accountsRoutes = {
  create: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/users/:userId/accounts',
    config: { verb: 'account.change', scope: 'user', sudo: true },
    schema: {
      summary: 'Make an account of a user with a first key; the secret is in this answer and nowhere else',
      tags,
      params: OfUser,
      body: z.strictObject({ name: NewAccountName }),
      /** `key` is `null` when its secret did not arrive. */
      response: { 201: z.object({ name: z.string(), key: NewAccessKey.nullable() }) },
    },
  },
  remove: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/users/:userId/accounts/:account',
    config: { verb: 'account.change', scope: 'user', sudo: true },
    schema: {
      summary: 'Delete an account and its keys',
      tags,
      params: OfAccount,
      body: z.strictObject({ confirmName: z.string().max(256) }),
      response: { 204: z.void() },
    },
  },
  createKey: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/users/:userId/accounts/:account/keys',
    config: { verb: 'key.create', scope: 'user', sudo: true },
    schema: {
      summary: 'Generate a key of an account; the secret is in this answer and nowhere else',
      tags,
      params: OfAccount,
      body: z.strictObject({}),
      response: { 201: NewAccessKey },
    },
  },
  revokeKey: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/users/:userId/accounts/:account/keys/:keyId',
    config: { verb: 'key.revoke', scope: 'user', sudo: true },
    schema: {
      summary: 'Revoke a key of an account',
      tags,
      params: OfAccount.extend({ keyId: z.string().min(1).max(128) }),
      body: z.strictObject({}),
      response: { 204: z.void() },
    },
  },
} as const satisfies Routes
