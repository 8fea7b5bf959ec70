import * as z from 'zod'
import { BilledCounts, BilledSum, MonthName, MonthState } from './bills.ts'
import { ClientId } from './clients.ts'
import { Coverage } from './coverage.ts'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'
import { TimeZone } from './time-zone.ts'

/** How much is known of what one cluster stored and moved in the month. */
export const ClusterCoverage = z
  .object({
    cluster: z.string(),
    storage: Coverage,
    traffic: Coverage,
    /** Between these hours the byte-hours are known; `null` when they are not at all. */
    storageFrom: Instant.nullable(),
    storageTo: Instant.nullable(),
    periodsExpected: z.int(),
    periodsMissing: z.int(),
    completeUntil: Instant.nullable(),
  })
  .meta({ id: 'BilledCoverage' })
export type ClusterCoverage = z.infer<typeof ClusterCoverage>

/** With the name that the cluster has now; its id when it left the settings. */
const NamedCoverage = ClusterCoverage.extend({ name: z.string() }).meta({ id: 'NamedCoverage' })
export type NamedCoverage = z.infer<typeof NamedCoverage>

export const Handover = z
  .object({
    cluster: z.string(),
    userId: z.string(),
    email: z.string().nullable(),
    clientId: ClientId,
    at: Instant,
    kind: z.enum(['linked', 'unlinked']),
  })
  .meta({ id: 'Handover' })
export type Handover = z.infer<typeof Handover>

export const BillingMonth = z
  .object({
    month: MonthName,
    /** Whole hours of UTC: where the zone begins its day between two, the next one. */
    from: Instant,
    to: Instant,
    hours: z.int(),
    timeZone: z.string(),
    state: MonthState,
    /** When its lines were counted; `null` before the first time. */
    countedAt: Instant.nullable(),
    coverage: Coverage,
    sums: z.array(BilledSum),
    bills: z.int(),
    corrections: z.int(),
    /** Bills with usage that no plan prices. */
    withoutPlan: z.int(),
    closedAt: Instant.nullable(),
    closedBy: z.string().nullable(),
    /** Of the closed file (CSV); it never changes. */
    sha256: z.string().nullable(),
    /** Why it cannot be closed now, in one sentence; `null` when it can, or is. */
    notYet: z.string().nullable(),
  })
  .meta({ id: 'BillingMonth' })
export type BillingMonth = z.infer<typeof BillingMonth>

export const BillingMonthDetail = BillingMonth.extend({
  clusters: z.array(NamedCoverage),
  /** Byte-hours, bytes and operations over all lines. */
  counts: BilledCounts,
  /** Over how many hours byte-hours are averaged: all of the month, and while it runs those that are known so far. */
  averageHours: z.int(),
  /** Of the manifest of a closed month: what `npm run billing -- verify` is given to check it by. */
  manifestSha256: z.string().nullable(),
  /** So many users came to a client or left one in it, or were first linked after it and are billed by that. */
  linksChanged: z.int(),
  /** What happened with them: the first hundred. */
  handovers: z.array(Handover).max(100),
  /** What may be sent to WHMCS from here. */
  push: z.object({ usage: z.boolean(), invoices: z.boolean(), pushed: z.int() }),
}).meta({ id: 'BillingMonthDetail' })
export type BillingMonthDetail = z.infer<typeof BillingMonthDetail>

const TAGS = ['billing'] as const
const SEE = { verb: 'billing.see', scope: 'fleet' } as const
const MANAGE = { verb: 'billing.manage', scope: 'fleet' } as const
const WITH_PROOF = { ...MANAGE, sudo: true } as const
const OfMonth = z.strictObject({ month: MonthName })

const Settings = z.strictObject({ timeZone: TimeZone })

export const billingRoutes = {
  months: {
    method: 'GET',
    url: '/api/v1/billing/months',
    config: SEE,
    schema: {
      summary: 'The months of which something is known, newest first',
      tags: TAGS,
      response: { 200: z.object({ timeZone: z.string(), items: z.array(BillingMonth).max(120) }) },
    },
  },
  month: {
    method: 'GET',
    url: '/api/v1/billing/months/:month',
    config: SEE,
    schema: {
      summary: 'One month, with its coverage',
      tags: TAGS,
      params: OfMonth,
      response: { 200: BillingMonthDetail },
    },
  },
  export: {
    method: 'GET',
    url: '/api/v1/billing/months/:month/files/:file',
    config: SEE,
    schema: {
      summary: 'A file of a closed month; of another month its lines up to now as CSV',
      tags: TAGS,
      params: OfMonth.extend({ file: z.enum(['csv', 'parquet', 'manifest']) }),
      produces: ['text/csv', 'application/vnd.apache.parquet', 'application/json'],
      response: { 200: z.unknown() },
    },
  },
  count: {
    method: 'POST',
    url: '/api/v1/billing/months/:month/count',
    config: MANAGE,
    schema: {
      summary: 'Count a month that is not closed again',
      tags: TAGS,
      params: OfMonth,
      body: z.strictObject({}),
      response: { 200: BillingMonthDetail },
    },
  },
  close: {
    method: 'POST',
    url: '/api/v1/billing/months/:month/close',
    config: WITH_PROOF,
    schema: {
      summary:
        'Close a month: its lines and its file stay as they are, and what comes late is corrected in the next one',
      tags: TAGS,
      params: OfMonth,
      body: z.strictObject({
        confirmMonth: z.string().max(16),
        /** Also when figures of it say "at least" or are not known. */
        acceptIncomplete: z.boolean().optional(),
      }),
      response: { 200: BillingMonthDetail },
    },
  },
  push: {
    method: 'POST',
    url: '/api/v1/billing/months/:month/push',
    config: WITH_PROOF,
    schema: {
      summary: 'Tell WHMCS the usage of the month, or what to draft as invoices; each invoice once at most',
      tags: TAGS,
      params: OfMonth,
      body: z.strictObject({
        kind: z.enum(['usage', 'invoice']),
        /** Only this client; all of the month when left out. */
        clientId: ClientId.optional(),
      }),
      response: {
        200: z.object({
          queued: z.int(),
          before: z.int(),
          /** The first hundred who were left out, or of whom something was. */
          left: z.array(z.string()).max(100),
          leftCount: z.int(),
        }),
      },
    },
  },
  service: {
    method: 'PUT',
    url: '/api/v1/billing/services/:clientId',
    config: WITH_PROOF,
    schema: {
      summary: 'Say which service of a client at WHMCS its usage belongs to',
      tags: TAGS,
      params: z.strictObject({
        clientId: z
          .string()
          .regex(/^\d{1,10}$/)
          .transform(Number)
          .pipe(ClientId),
      }),
      body: z.strictObject({ serviceId: z.int().min(1).max(2_147_483_647).nullable() }),
      response: { 204: z.void() },
    },
  },
  settings: {
    method: 'PUT',
    url: '/api/v1/billing/settings',
    config: WITH_PROOF,
    schema: {
      summary: 'In which time zone months begin; closed ones stay as they are',
      tags: TAGS,
      body: Settings,
      response: { 200: Settings },
    },
  },
} as const satisfies Routes
