import * as z from 'zod'
import { ClusterId } from './cluster.ts'
import { Instant } from './figure.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'

export const ACTIONS = [
  'user.create',
  'user.enable',
  'user.disable',
  'user.delete',
  'key.create',
  'key.revoke',
  'limits.change',
  'limits.remove',
  'quota.change',
  'quota.default',
  'bulk.run',
  'statistics.delete',
  'statistics.decide',
  'gap.decide',
  'retention.delete',
  'session.sign-in',
  'session.refused',
  'session.sign-out',
  'admin.create',
] as const
export type Action = (typeof ACTIONS)[number]

/**
 * `started` is what a process leaves behind that was ended in the middle of a write. `not-done` was found out later: the
 * gateway shows that nothing happened.
 */
export const Outcome = z.enum(['started', 'done', 'refused', 'not-done', 'unknown'])
export type Outcome = z.infer<typeof Outcome>

export const AuditEntry = z
  .object({
    id: z.string(),
    at: Instant,
    /** E-mail of the admin. */
    actor: z.string(),
    action: z.enum(ACTIONS),
    /** `null` for what belongs to the console itself. */
    cluster: z.string().nullable(),
    userId: z.string().nullable(),
    bucket: z.string().nullable(),
    /** E-mail, bucket, key id or object name, as it was called at that time. */
    target: z.string(),
    /** Field → value, without secrets. */
    before: z.record(z.string(), z.string()).nullable(),
    after: z.record(z.string(), z.string()).nullable(),
    outcome: Outcome,
    /** Why it was refused, or what is not known. */
    detail: z.string().nullable(),
    /** It set a value, it is known to be done, and nothing has been done to that value since. */
    canUndo: z.boolean(),
    /** It would set a value, is known not to have done so, and nothing has been done to that value since. */
    canRepeat: z.boolean(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>

export const auditRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/audit',
    schema: {
      summary: 'What was done in this cluster and to the console, newest first',
      tags: ['audit'],
      params: z.strictObject({ cluster: ClusterId }),
      querystring: z.strictObject({
        userId: z.string().min(1).max(64).optional(),
        bucket: z.string().min(1).max(4096).optional(),
        action: z.enum(ACTIONS).optional(),
        /** Only what began in [from, to). */
        from: z.iso.datetime().optional(),
        to: z.iso.datetime().optional(),
        before: z.string().max(64).optional(),
        limit: wholeInQuery(1, 200).optional(),
      }),
      response: {
        200: z.object({
          items: z.array(AuditEntry),
          /** Pass it as `before` to go on; `null` at the end. */
          next: z.string().nullable(),
        }),
      },
    },
  },
  operations: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/operations',
    schema: {
      summary: 'Operations that are open, the oldest first; of a week those that can never be told, and those not done',
      tags: ['audit'],
      params: z.strictObject({ cluster: ClusterId }),
      response: {
        200: z.object({ open: z.array(AuditEntry), undecided: z.array(AuditEntry), failed: z.array(AuditEntry) }),
      },
    },
  },
  watch: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/operations/events',
    schema: {
      summary:
        'Server-sent events: `changed`, for whatever is written into the audit. It ends after a minute; connect again',
      tags: ['audit'],
      params: z.strictObject({ cluster: ClusterId }),
      /** A stream of text. */
      response: { 200: z.unknown() },
    },
  },
  repeat: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/audit/:operationId/repeat',
    schema: {
      summary: 'Sets once more what an operation did not come to set, when all still is as it was before',
      tags: ['audit'],
      params: z.strictObject({ cluster: ClusterId, operationId: z.string().min(1).max(64) }),
      body: z.strictObject({}),
      response: { 204: z.void() },
    },
  },
  undo: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/audit/:operationId/undo',
    schema: {
      summary: 'Sets back what an operation changed, when it still is as the operation left it',
      tags: ['audit'],
      params: z.strictObject({ cluster: ClusterId, operationId: z.string().min(1).max(64) }),
      body: z.strictObject({}),
      response: { 204: z.void() },
    },
  },
} as const satisfies Routes
