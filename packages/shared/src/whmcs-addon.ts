import * as z from 'zod'
import { ClientId } from './clients.ts'
import { ClusterId } from './cluster.ts'
import { Instant, Whole } from './figure.ts'
import { MessageKind } from './messages.ts'
import type { Routes } from './route.ts'
import { UserState } from './users.ts'

// What the addon inside WHMCS asks for (integrations/whmcs). It signs its requests, and no person is behind them.

const Decimal = z.string().regex(/^\d+\.\d{6}$/)

const AddonTask = z.object({
  id: z.string(),
  kind: MessageKind,
  clientId: ClientId,
  /** Of the note or entry that is added or removed. */
  marker: z.string().nullable(),
  /** What is added; of `note.delete` what is added with `insteadMarker` where the addon did not add the note itself. */
  text: z.string(),
  insteadMarker: z.string().nullable(),
  /** Of `link.set`: the custom field and what it is to hold. */
  fieldId: z.int().nullable(),
  value: z.string().nullable(),
  /** Of `usage.set`; megabytes of 2^20 bytes. */
  service: z.object({ id: z.int(), diskMegabytes: z.number(), trafficMegabytes: z.number() }).nullable(),
  /** Of `invoice.draft`. */
  lines: z.array(z.object({ description: z.string(), amount: z.string() })).nullable(),
  /** It was taken before, and nobody reported about it. */
  mayHaveArrived: z.boolean(),
})
export type AddonTask = z.infer<typeof AddonTask>

const AddonResult = z.strictObject({
  id: z.string().min(1).max(64),
  /**
   * `refused`: WHMCS or the addon will not do it; `failed`: it may have come about, and is tried again; `later`: it was
   * not tried; `unknown`: it may have come about, and to try again could do harm.
   */
  outcome: z.enum(['done', 'refused', 'failed', 'later', 'unknown']),
  noteId: z.int().min(0).max(2_147_483_647).nullish(),
  detail: z.string().max(2_000).optional(),
})
export type AddonResult = z.infer<typeof AddonResult>

const AddonUser = z.object({
  cluster: ClusterId,
  userId: z.string(),
  /** `null`, and so on, for what the gateway could not be asked. */
  email: z.string().nullable(),
  state: z.enum([...UserState.options, 'gone']),
  keyIds: z.array(z.string()).nullable(),
  storedBytes: Whole.nullable(),
  downloadedBytes: Whole.nullable(),
  operations: Whole.nullable(),
})
export type AddonUser = z.infer<typeof AddonUser>

const AddonUsage = z.object({
  cluster: ClusterId,
  userId: z.string(),
  clientId: ClientId,
  /** Byte-hours of the month up to now, divided by the hours of the whole month and by 10^9. */
  storageGbMonth: Decimal.nullable(),
  egressGb: Decimal.nullable(),
  requests: Whole.nullable(),
})
export type AddonUsage = z.infer<typeof AddonUsage>

const TAGS = ['whmcs'] as const
const SIGNED = { verb: 'anyone', scope: 'none' } as const
const NOTHING = z.strictObject({})

export const whmcsAddonRoutes = {
  queue: {
    method: 'GET',
    url: '/api/v1/whmcs/addon/queue',
    config: SIGNED,
    schema: {
      summary: 'How much waits for WHMCS; shows that address and key are right',
      tags: TAGS,
      querystring: NOTHING,
      response: { 200: z.object({ waiting: z.int() }) },
    },
  },
  take: {
    method: 'POST',
    url: '/api/v1/whmcs/addon/queue',
    config: SIGNED,
    schema: {
      summary: 'What the addon is to do inside WHMCS, each client in order; nobody else does it meanwhile',
      tags: TAGS,
      querystring: NOTHING,
      body: NOTHING,
      response: { 200: z.object({ items: z.array(AddonTask) }) },
    },
  },
  report: {
    method: 'POST',
    url: '/api/v1/whmcs/addon/report',
    config: SIGNED,
    schema: {
      summary: 'How it went',
      tags: TAGS,
      querystring: NOTHING,
      body: z.strictObject({ results: z.array(AddonResult).max(500) }),
      response: { 200: z.object({ taken: z.int() }) },
    },
  },
  panel: {
    method: 'GET',
    url: '/api/v1/whmcs/addon/panel',
    config: SIGNED,
    schema: {
      summary: 'What the summary page of a client shows of its S3 users',
      tags: TAGS,
      querystring: z.strictObject({
        clientId: z
          .string()
          .regex(/^\d{1,10}$/)
          .transform(Number)
          .pipe(ClientId),
      }),
      response: {
        /** `completeUntil`: up to where downloads and requests are counted, gaps left aside. */
        200: z.object({ from: Instant, completeUntil: Instant.nullable(), users: z.array(AddonUser) }),
      },
    },
  },
  usage: {
    method: 'GET',
    url: '/api/v1/whmcs/addon/usage',
    config: SIGNED,
    schema: {
      summary: 'This month’s usage of each S3 user that belongs to a client',
      tags: TAGS,
      querystring: NOTHING,
      response: {
        /** `asOf`: up to where all of it is known, gaps left aside. */
        200: z.object({ month: z.string(), asOf: Instant.nullable(), items: z.array(AddonUsage) }),
      },
    },
  },
} as const satisfies Routes
