import * as z from 'zod'
import { ClientId } from './clients.ts'
import { Coverage } from './coverage.ts'
import { Instant, Whole } from './figure.ts'
import { Priced } from './plans.ts'
import { PAGE_SIZES, wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

/** A month of the time zone of the console, such as `2026-11`. */
export const MonthName = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, { error: said`must be a month such as 2026-11` })

/** A whole number of any size that may lie below 0. */
const Signed = z
  .string()
  .regex(/^-?\d+$/)
  .meta({ id: 'Signed' })
/** An amount of money as a decimal; the currency stands beside it. */
const Money = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ id: 'Money' })

/** `earlier`: before the first month that was closed, so nobody is billed for it here. */
const MONTH_STATES = ['running', 'open', 'closed', 'earlier'] as const
export const MonthState = z.enum(MONTH_STATES)
export type MonthState = z.infer<typeof MonthState>

/** `amount` is `null` when none of it is known, and without a currency. */
export const BilledSum = z.object({ currency: z.string().nullable(), amount: Money.nullable(), bills: z.int() })

/** All counters of the month as integers; `null` where nothing is known. */
export const BilledCounts = z.object({
  storage: Signed.nullable(),
  egress: Signed.nullable(),
  put: Signed.nullable(),
  get: Signed.nullable(),
  list: Signed.nullable(),
  other: Signed.nullable(),
})

/** What one client of WHMCS has to pay, or one user who belongs to none. */
export const Bill = z
  .object({
    id: z.string(),
    clientId: ClientId.nullable(),
    cluster: z.string().nullable(),
    userId: z.string().nullable(),
    /** Name of the client, or e-mail of the user; the id where neither is known. */
    name: z.string(),
    /** `null` where no plan prices it. */
    currency: z.string().nullable(),
    amount: Money.nullable(),
    coverage: Coverage,
    counts: BilledCounts,
    corrections: z.int(),
  })
  .meta({ id: 'Bill' })
export type Bill = z.infer<typeof Bill>

export const BillLine = z
  .object({
    lineNo: z.int(),
    kind: z.enum(['usage', 'correction']),
    /** The month that it is about: an earlier one for a correction. */
    ofMonth: MonthName,
    metric: Priced,
    planId: z.string().nullable(),
    planName: z.string().nullable(),
    coverage: Coverage,
    /** Byte-hours, bytes or operations; `null` when nothing is known. */
    count: Signed.nullable(),
    /** So many of them make one unit; `null` without a plan. */
    per: Whole.nullable(),
    /** Such as `GB-month`; `null` without a plan. */
    unit: z.string().nullable(),
    included: z.int().nullable(),
    /** How the amount came about, of a line that is no correction. */
    parts: z.array(z.object({ from: z.int(), to: z.int().nullable(), price: Money, count: Signed })),
    currency: z.string().nullable(),
    amount: Money.nullable(),
  })
  .meta({ id: 'BillLine' })
export type BillLine = z.infer<typeof BillLine>

/** What went to the queue of messages to WHMCS. */
const Pushed = z.object({
  kind: z.enum(['usage', 'invoice']),
  at: Instant,
  by: z.string(),
  messageId: z.string(),
})

export const BillDetail = z
  .object({
    id: z.string(),
    month: MonthName,
    state: MonthState,
    clientId: ClientId.nullable(),
    name: z.string(),
    sums: z.array(BilledSum.omit({ bills: true })),
    lines: z.array(BillLine),
    /** Whose usage it is. */
    users: z
      .array(
        z.object({ cluster: z.string(), clusterName: z.string(), userId: z.string(), email: z.string().nullable() }),
      )
      .max(1000),
    pushed: z.array(Pushed),
    /** The service of the client whose usage is set at WHMCS. */
    serviceId: z.int().nullable(),
  })
  .meta({ id: 'BillDetail' })
export type BillDetail = z.infer<typeof BillDetail>

const BillHours = z
  .object({
    /**
     * All hours of the month, in order: byte-hours, bytes or operations from `at` on, `null` when not known. Where hours
     * were missed, one figure is for all of them. It is not whole where a cluster tells nothing of an hour.
     */
    hours: z.array(z.object({ at: Instant, hours: z.int(), count: Whole.nullable(), isWhole: z.boolean() })).max(800),
  })
  .meta({ id: 'BillHours' })

const BillObjects = z
  .object({
    /** Those that start in the hours and hold something of the users; for storage the buckets, by what they grew. */
    items: z
      .array(
        z.object({
          cluster: z.string(),
          clusterName: z.string(),
          name: z.string(),
          at: Instant,
          periodSeconds: z.int().nullable(),
          isFinal: z.boolean(),
          count: Whole,
        }),
      )
      .max(1000),
  })
  .meta({ id: 'BillObjects' })

const TAGS = ['billing'] as const
const SEE = { verb: 'billing.see', scope: 'fleet' } as const
const OfMonth = z.strictObject({ month: MonthName })
const OfBill = z.strictObject({ month: MonthName, bill: z.string().min(1).max(200) })
/** The number of a line of the bill. */
const LineNo = wholeInQuery(1, 1_000_000_000)
const BILL_SORTS = ['amount', 'name', 'storage', 'egress'] as const

export const billsRoutes = {
  bills: {
    method: 'GET',
    url: '/api/v1/billing/months/:month/bills',
    config: SEE,
    schema: {
      summary: 'What each client, or user without one, has to pay',
      tags: TAGS,
      params: OfMonth,
      querystring: z.strictObject({
        page: wholeInQuery(1, 1_000_000).optional(),
        pageSize: z.enum(PAGE_SIZES).transform(Number).optional(),
        search: z.string().max(254).optional().meta({ description: 'Part of a name or id, in any letter case' }),
        sort: z.enum(BILL_SORTS).optional(),
      }),
      response: { 200: z.object({ items: z.array(Bill), page: z.int(), pageSize: z.int(), matching: z.int() }) },
    },
  },
  bill: {
    method: 'GET',
    url: '/api/v1/billing/months/:month/bills/:bill',
    config: SEE,
    schema: { summary: 'The lines of one bill', tags: TAGS, params: OfBill, response: { 200: BillDetail } },
  },
  hours: {
    method: 'GET',
    url: '/api/v1/billing/months/:month/bills/:bill/hours',
    config: SEE,
    schema: {
      summary: 'The hours under a line, as the store has them now; of a correction those of the month that it is about',
      tags: TAGS,
      params: OfBill,
      querystring: z.strictObject({ line: LineNo }),
      response: { 200: BillHours },
    },
  },
  objects: {
    method: 'GET',
    url: '/api/v1/billing/months/:month/bills/:bill/objects',
    config: SEE,
    schema: {
      summary: 'The statistics objects under some hours of a line',
      tags: TAGS,
      params: OfBill,
      querystring: z.strictObject({ line: LineNo, at: z.iso.datetime(), hours: wholeInQuery(1, 800).optional() }),
      response: { 200: BillObjects },
    },
  },
} as const satisfies Routes
