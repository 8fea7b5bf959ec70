import * as z from 'zod'
import { ClientId } from './clients.ts'
import { ClusterId } from './cluster.ts'
import { Instant } from './figure.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

const MESSAGE_KINDS = ['note.add', 'note.delete', 'activity.add', 'link.set', 'usage.set', 'invoice.draft'] as const
export const MessageKind = z.enum(MESSAGE_KINDS)
export type MessageKind = z.infer<typeof MessageKind>

/**
 * `unknown`: it may have arrived, and sending it again could do harm, so a person decides. `blocked`: WHMCS refuses it
 * until something is changed.
 */
const MESSAGE_STATES = ['queued', 'sending', 'done', 'unknown', 'blocked', 'cancelled'] as const
export const MessageState = z.enum(MESSAGE_STATES)
export type MessageState = z.infer<typeof MessageState>

/** Something that WHMCS is to be told. It holds no secret. */
export const Message = z
  .object({
    id: z.string(),
    clientId: ClientId,
    /** `null` when the console has not seen the client. */
    clientName: z.string().nullable(),
    kind: MessageKind,
    /** What stands in WHMCS, so that it can be found again; `null` for what is set and not added. */
    marker: z.string().nullable(),
    cluster: ClusterId.nullable(),
    userId: z.string().nullable(),
    keyId: z.string().nullable(),
    /** What will be written, as a person would read it. */
    text: z.string(),
    state: MessageState,
    attempts: z.int(),
    nextAt: Instant.nullable(),
    lastError: z.string().nullable(),
    createdAt: Instant,
    endedAt: Instant.nullable(),
    /** Who cancelled or decided it, and why. */
    decidedBy: z.string().nullable(),
    reason: z.string().nullable(),
    /** Undelivered for a day, unknown or blocked. */
    needsAttention: z.boolean(),
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof Message>

const MessagePage = z
  .object({ items: z.array(Message), page: z.int(), pageSize: z.int(), matching: z.int() })
  .meta({ id: 'MessagePage' })

const TAGS = ['whmcs'] as const
const MANAGE = { verb: 'whmcs.manage', scope: 'fleet' } as const
const OneMessage = z.strictObject({ id: z.string().min(1).max(64) })
const Reason = z
  .string()
  .max(500, { error: said`must have at most 500 characters` })
  .trim()
  .min(1, { error: said`Say why` })

export const messagesRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/whmcs/queue',
    config: { verb: 'client.see', scope: 'fleet' },
    schema: {
      summary: 'What WHMCS is to be told: undelivered first, each client in order',
      tags: TAGS,
      querystring: z.strictObject({
        show: z.enum(['undelivered', 'attention', 'ended', 'all']).optional(),
        clientId: wholeInQuery(1, 2_147_483_647).optional(),
        page: wholeInQuery(1, 1_000_000).optional(),
      }),
      response: { 200: MessagePage },
    },
  },
  retry: {
    method: 'POST',
    url: '/api/v1/whmcs/queue/:id/retry',
    config: MANAGE,
    schema: {
      summary: 'Try a message again now',
      tags: TAGS,
      params: OneMessage,
      body: z.strictObject({}),
      response: { 200: Message },
    },
  },
  cancel: {
    method: 'POST',
    url: '/api/v1/whmcs/queue/:id/cancel',
    config: MANAGE,
    schema: {
      summary: 'Do not tell WHMCS this',
      tags: TAGS,
      params: OneMessage,
      body: z.strictObject({ reason: Reason }),
      response: { 200: Message },
    },
  },
  settle: {
    method: 'POST',
    url: '/api/v1/whmcs/queue/:id/settle',
    config: MANAGE,
    schema: {
      summary: 'Say whether a message whose outcome is unknown had arrived; if it had not, it is sent again',
      tags: TAGS,
      params: OneMessage,
      body: z.strictObject({ hasArrived: z.boolean(), reason: Reason }),
      response: { 200: Message },
    },
  },
} as const satisfies Routes
