import * as z from 'zod'
import { ClientId } from './clients.ts'
import { ClusterId } from './cluster.ts'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'

/**
 * How WHMCS is told. `append` adds notes and removes none; `database` removes our own through two stored procedures;
 * `addon` leaves both to the addon inside WHMCS; `compat` writes the secret into the note, as the vendor's scripts did.
 */
export const WHMCS_MODES = ['off', 'append', 'database', 'addon', 'compat'] as const
export const WhmcsMode = z.enum(WHMCS_MODES)
export type WhmcsMode = z.infer<typeof WhmcsMode>

/** What stands between the console and WHMCS. `untried` until it was asked for the first time since the start. */
const WHMCS_STATES = [
  'off',
  'untried',
  'ok',
  'unreachable',
  'bad-answer',
  'wrong-credentials',
  'address-refused',
  'action-refused',
] as const
export const WhmcsState = z.enum(WHMCS_STATES)
export type WhmcsState = z.infer<typeof WhmcsState>

export const WhmcsStatus = z
  .object({
    mode: WhmcsMode,
    state: WhmcsState,
    /** Scheme, host and port; `null` when it is off, or the addon comes to us. */
    address: z.string().nullable(),
    /** What WHMCS said, or what is wrong, in one sentence; `null` when all is well. */
    detail: z.string().nullable(),
    since: Instant,
    /** `null` when it was not asked since the start. */
    checkedAt: Instant.nullable(),
    version: z.string().nullable(),
    /** The admin of WHMCS that the credential belongs to. */
    adminName: z.string().nullable(),
    /** Each action that the console asks for; `isAllowed` is `null` until it was tried or WHMCS named it. */
    actions: z.array(z.object({ action: z.string(), isNeeded: z.boolean(), isAllowed: z.boolean().nullable() })),
    /** Only in the mode `database`. `changed`: the table is not as expected, so nothing is deleted. */
    database: z
      .object({ state: z.enum(['untried', 'ok', 'changed', 'unreachable', 'refused']), detail: z.string().nullable() })
      .nullable(),
    /** When the addon last came for messages; `null` when it never did. */
    addonSeenAt: Instant.nullable(),
    queue: z.object({
      waiting: z.int(),
      needsAttention: z.int(),
      /** When the oldest message that is not delivered was written; `null` without one. */
      oldestAt: Instant.nullable(),
    }),
  })
  .meta({ id: 'WhmcsStatus' })
export type WhmcsStatus = z.infer<typeof WhmcsStatus>

const DRIFT_KINDS = [
  'email-changed',
  'client-gone',
  'client-closed',
  'user-gone',
  'user-unlinked',
  'service-suspended',
] as const

/** Where WHMCS and the gateway say different things. The console suggests, and never acts by itself. */
export const Drift = z
  .object({
    kind: z.enum(DRIFT_KINDS),
    clientId: ClientId.nullable(),
    clientName: z.string().nullable(),
    cluster: ClusterId.nullable(),
    userId: z.string().nullable(),
    /** What each of the two says. */
    atWhmcs: z.string().nullable(),
    atGateway: z.string().nullable(),
    suggestion: z.enum(['none', 'disable-user', 'relink', 'unlink']),
  })
  .meta({ id: 'Drift' })
export type Drift = z.infer<typeof Drift>

export const DriftReport = z
  .object({
    /** `null` until clients and users were compared for the first time. */
    asOf: Instant.nullable(),
    staleReason: z.string().nullable(),
    items: z.array(Drift),
    /** Users of the gateway and clients of WHMCS that were compared. */
    compared: z.object({ clients: z.int(), users: z.int() }),
  })
  .meta({ id: 'DriftReport' })
export type DriftReport = z.infer<typeof DriftReport>

/** A note in the form of the vendor's scripts, which holds a secret in clear text. The secret is never read. */
export const OldSecret = z
  .object({
    noteId: z.int(),
    clientId: ClientId,
    clientName: z.string().nullable(),
    userId: z.string(),
    keyId: z.string(),
    /** Whose user it is; `null` when no cluster has it. */
    cluster: ClusterId.nullable(),
    /** The key still opens the storage; `null` when that could not be read. */
    isValid: z.boolean().nullable(),
    isRedacted: z.boolean(),
  })
  .meta({ id: 'OldSecret' })
export type OldSecret = z.infer<typeof OldSecret>

const TAGS = ['whmcs'] as const
const SEE = { verb: 'client.see', scope: 'fleet' } as const
const MANAGE = { verb: 'whmcs.manage', scope: 'fleet' } as const

export const whmcsRoutes = {
  status: {
    method: 'GET',
    url: '/api/v1/whmcs',
    config: SEE,
    schema: { summary: 'How the console and WHMCS get on', tags: TAGS, response: { 200: WhmcsStatus } },
  },
  test: {
    method: 'POST',
    url: '/api/v1/whmcs/test',
    config: MANAGE,
    schema: {
      summary: 'Ask WHMCS now whether the credential holds, and what it allows',
      tags: TAGS,
      body: z.strictObject({}),
      response: { 200: WhmcsStatus },
    },
  },
  resume: {
    method: 'POST',
    url: '/api/v1/whmcs/queue/resume',
    config: MANAGE,
    schema: {
      summary: 'Try everything that is blocked again',
      tags: TAGS,
      body: z.strictObject({}),
      response: { 200: WhmcsStatus },
    },
  },
  drift: {
    method: 'GET',
    url: '/api/v1/whmcs/drift',
    config: SEE,
    schema: { summary: 'Where WHMCS and the gateways differ', tags: TAGS, response: { 200: DriftReport } },
  },
  oldSecrets: {
    method: 'GET',
    url: '/api/v1/whmcs/old-secrets',
    config: MANAGE,
    schema: {
      summary: 'Notes at WHMCS with a secret in clear text, as the vendor’s scripts wrote them',
      tags: TAGS,
      response: {
        200: z.object({
          items: z.array(OldSecret),
          /** Why the notes cannot be looked at; `null` when they were. */
          unavailable: z.string().nullable(),
        }),
      },
    },
  },
  redact: {
    method: 'POST',
    url: '/api/v1/whmcs/old-secrets/:noteId/redact',
    config: { ...MANAGE, sudo: true },
    schema: {
      summary: 'Strike the secret out of a note; refused while the key is still valid',
      tags: TAGS,
      params: z.strictObject({
        noteId: z
          .string()
          .regex(/^\d{1,10}$/)
          .transform(Number),
      }),
      body: z.strictObject({ clientId: ClientId, keyId: z.string().min(1).max(128) }),
      response: { 200: OldSecret },
    },
  },
} as const satisfies Routes
