import * as z from 'zod'
import { InCluster } from './cluster.ts'
import { Instant } from './figure.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

export const ACTIONS = [
  'user.create',
  'user.enable',
  'user.disable',
  'user.delete',
  'user.created-outside',
  'user.deleted-outside',
  'user.changed-outside',
  'key.create',
  'key.revoke',
  'account.create',
  'account.delete',
  'account-key.create',
  'account-key.revoke',
  'limits.change',
  'limits.remove',
  'quota.change',
  'quota.default',
  'scheduled.add',
  'scheduled.move',
  'scheduled.stop',
  'scheduled.run',
  'bulk.run',
  'statistics.delete',
  'statistics.decide',
  'gap.decide',
  'retention.delete',
  'audit.export',
  'session.sign-in',
  'session.password',
  'session.refused',
  'session.emergency',
  'session.sign-out',
  'session.prove',
  'session.end',
  'access.refused',
  'admin.create',
  'admin.invite',
  'admin.join',
  'admin.role',
  'admin.limit',
  'admin.disable',
  'admin.enable',
  'admin.reset',
  'admin.password',
  'group.create',
  'group.change',
  'group.add',
  'group.remove',
  'group.delete',
  'billing.plan',
  'billing.give',
  'billing.time-zone',
  'billing.service',
  'billing.close',
  'billing.push',
  'second-factor.enrol',
  'second-factor.remove',
  'second-factor.recovery-codes',
  'second-factor.recovery-used',
  'second-factor.refused',
  'passkey.add',
  'passkey.remove',
  'passkey.refused',
  'token.create',
  'token.revoke',
  'token.refused',
  'client.link',
  'client.unlink',
  'whmcs.mode',
  'whmcs.test',
  'whmcs.resume',
  'whmcs.retry',
  'whmcs.cancel',
  'whmcs.settle',
  'whmcs.redact',
] as const
export type Action = (typeof ACTIONS)[number]

/** The group that an action belongs to, as a filter names it: `user.delete` → `user.*`. */
export const groupOf = (action: Action): string => `${action.split('.')[0]}.*`

/** The actions that a filter names: one, or a group such as `user.*`; none when it names nothing. */
export const actionsOf = (filter: string): Action[] =>
  ACTIONS.filter((action) => action === filter || groupOf(action) === filter)

/**
 * `started` is what a process leaves behind that was ended in the middle of a write. `not-done` was found out later: the
 * gateway shows that nothing happened.
 */
export const OUTCOMES = ['started', 'done', 'refused', 'not-done', 'unknown'] as const
export const Outcome = z.enum(OUTCOMES)
export type Outcome = z.infer<typeof Outcome>

export const AuditEntry = z
  .object({
    id: z.string(),
    at: Instant,
    /** E-mail of the admin; `ada@example.com (token nightly)` where one of their API tokens asked. */
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
    /** Network address of whoever asked for it; `null` where nobody did, or an older console wrote it. */
    address: z.string().nullable(),
    /** Under which the gateway answered the writes, in their order. */
    requestIds: z.array(z.string()),
    /** It set a value, it is known to be done, and nothing has been done to that value since. */
    canUndo: z.boolean(),
    /** It would set a value, is known not to have done so, and nothing has been done to that value since. */
    canRepeat: z.boolean(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>

/** As it stands in an export. */
export type AuditRecord = Omit<AuditEntry, 'canUndo' | 'canRepeat'>

/** An e-mail, and behind it the name of the token that asked. */
const LONGEST_ACTOR = 254 + 80

const AuditFilter = z.strictObject({
  search: z
    .string()
    .max(254)
    .optional()
    .meta({ description: 'Part of an admin, target, id, bucket, value, reason or operation id, in any letter case' }),
  actor: z.string().min(1).max(LONGEST_ACTOR).optional(),
  action: z
    .string()
    .max(64)
    .refine((text) => actionsOf(text).length > 0, { error: said`must be an action, or a group such as user.*` })
    .optional(),
  outcome: Outcome.optional(),
  userId: z.string().min(1).max(64).optional(),
  bucket: z.string().min(1).max(4096).optional(),
  /** Only what began in [from, to). */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
})

const OfOperation = InCluster.extend({ operationId: z.string().min(1).max(64) })

export const auditRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/audit',
    config: { verb: 'audit.see', scope: 'filtered' },
    schema: {
      summary: 'What was done in this cluster and to the console, newest first',
      tags: ['audit'],
      params: InCluster,
      querystring: AuditFilter.extend({
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
  read: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/audit/:operationId',
    config: { verb: 'operation.see', scope: 'operation' },
    schema: {
      summary:
        'What became of one operation, by the id that its request bore as `operation-id`, or that its answer named',
      tags: ['audit'],
      params: OfOperation,
      response: { 200: AuditEntry },
    },
  },
  actors: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/audit/actors',
    config: { verb: 'audit.see', scope: 'filtered' },
    schema: {
      summary: 'Everybody who did something that the list shows, in order',
      tags: ['audit'],
      params: InCluster,
      response: { 200: z.array(z.string()) },
    },
  },
  export: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/audit/export',
    config: { verb: 'audit.export', scope: 'filtered' },
    schema: {
      summary: 'All entries that a filter shows, newest first, as a file whose last line says how many there are',
      tags: ['audit'],
      params: InCluster,
      querystring: AuditFilter.extend({ format: z.enum(['csv', 'jsonl']) }),
      produces: ['text/csv', 'application/jsonl'],
      response: { 200: z.unknown() },
    },
  },
  operations: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/operations',
    config: { verb: 'operation.see', scope: 'filtered' },
    schema: {
      summary: 'Operations that are open, the oldest first; of a week those that can never be told, and those not done',
      tags: ['audit'],
      params: InCluster,
      response: {
        200: z.object({ open: z.array(AuditEntry), undecided: z.array(AuditEntry), failed: z.array(AuditEntry) }),
      },
    },
  },
  watch: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/operations/events',
    config: { verb: 'operation.see', scope: 'filtered' },
    schema: {
      summary:
        'Server-sent events: `changed`, for whatever is written into the audit. It ends after a minute; connect again',
      tags: ['audit'],
      params: InCluster,
      produces: ['text/event-stream'],
      response: { 200: z.unknown() },
    },
  },
  repeat: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/audit/:operationId/repeat',
    config: { verb: 'operation.undo', scope: 'operation' },
    schema: {
      summary: 'Sets once more what an operation did not come to set, when all still is as it was before',
      tags: ['audit'],
      params: OfOperation,
      body: z.strictObject({}),
      response: { 204: z.void() },
    },
  },
  undo: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/audit/:operationId/undo',
    config: { verb: 'operation.undo', scope: 'operation' },
    schema: {
      summary: 'Sets back what an operation changed, when it still is as the operation left it',
      tags: ['audit'],
      params: OfOperation,
      body: z.strictObject({}),
      response: { 204: z.void() },
    },
  },
} as const satisfies Routes
