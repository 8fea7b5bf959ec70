import * as z from 'zod'
import { OfUser } from './cluster.ts'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'

/** One thing about a user at an instant, and how the console knows; never a guess. */
export const KnownValue = z
  .object({
    /** Field → value as the audit names them; `null` when it is not known. */
    fields: z.record(z.string(), z.string()).nullable(),
    source: z
      .object({
        /** An operation of the console, or a comparison with the gateway. */
        kind: z.enum(['operation', 'comparison']),
        at: Instant,
        actor: z.string().nullable(),
        operationId: z.string().nullable(),
      })
      .nullable(),
    /** The last comparison up to that instant that found it so still. */
    confirmedAt: Instant.nullable(),
    /** Why it is not known. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'KnownValue' })
export type KnownValue = z.infer<typeof KnownValue>

export const ASPECTS = ['existence', 'state', 'keys', 'limits', 'quota'] as const
export type Aspect = (typeof ASPECTS)[number]

export const UserAsOf = z
  .object({
    at: Instant,
    values: z.record(z.enum(ASPECTS), KnownValue),
    /** The first entry of the audit and the first comparison: before them nothing is known. */
    auditSince: Instant.nullable(),
    comparedSince: Instant.nullable(),
  })
  .meta({ id: 'UserAsOf' })
export type UserAsOf = z.infer<typeof UserAsOf>

export const asOfRoutes = {
  read: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/users/:userId/as-of',
    config: { verb: 'audit.see', scope: 'user' },
    schema: {
      summary: 'A user as of an instant, as far as the audit and the comparisons with the gateway know',
      tags: ['audit'],
      params: OfUser,
      querystring: z.strictObject({ at: z.iso.datetime() }),
      response: { 200: UserAsOf },
    },
  },
} as const satisfies Routes
