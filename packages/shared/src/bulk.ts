import * as z from 'zod'
import { InCluster } from './cluster.ts'
import { Instant, Whole } from './figure.ts'
import { LimitsChange } from './limits.ts'
import { PAGE_SIZES, wholeInQuery } from './query.ts'
import { QuotaChange } from './quotas.ts'
import type { Routes } from './route.ts'

/** How many users one run may touch. */
export const MOST_ITEMS = 100_000
/** Requests to the gateway in a second, over all that a run does. */
export const CEILING = { least: 1, usual: 5, most: 50 }

/** What is to become of each of the users. */
export const BulkChange = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('enable') }),
    z.strictObject({ action: z.literal('disable') }),
    z.strictObject({ action: z.literal('set-limits'), limits: LimitsChange }),
    z.strictObject({ action: z.literal('set-quota'), size: QuotaChange.shape.size }),
    z.strictObject({ action: z.literal('delete') }),
    z.strictObject({ action: z.literal('create') }),
  ])
  .meta({ id: 'BulkChange' })
export type BulkChange = z.infer<typeof BulkChange>
export type BulkAction = BulkChange['action']

/** Which users. Those who are to be created can be chosen by their e-mails only. */
export const BulkChoice = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('ids'), ids: z.array(z.string().min(1).max(64)).min(1).max(MOST_ITEMS) }),
    z.strictObject({
      by: z.literal('filter'),
      search: z.string().max(254).optional(),
      state: z.enum(['enabled', 'disabled']).optional(),
    }),
    /** A list, or a CSV file whose first column holds the e-mails. */
    z.strictObject({ by: z.literal('emails'), text: z.string().min(1).max(8_000_000) }),
  ])
  .meta({ id: 'BulkChoice' })
export type BulkChoice = z.infer<typeof BulkChoice>

const RUN_STATES = ['planned', 'running', 'paused', 'stopping', 'ended'] as const
export type RunState = (typeof RUN_STATES)[number]

const ITEM_STATES = [
  /** It is to be changed, and was not begun. */
  'waiting',
  'under-way',
  'done',
  /** It was as it should be before. */
  'already',
  /** Nothing was changed, for a reason that lies with the user. */
  'refused',
  /** Nothing was changed, because something did not work. */
  'failed',
  /** The answer was lost; the console reads the gateway until it shows how it ended. */
  'unknown',
  /** The run was stopped before it was begun. */
  'left',
] as const
export type ItemState = (typeof ITEM_STATES)[number]

const count = z.int()

export const BulkRun = z
  .object({
    id: z.string(),
    /** E-mail of the admin. */
    actor: z.string(),
    change: BulkChange,
    /** How the users were chosen, in words. */
    source: z.string(),
    /** The run whose failed items these are. */
    rerunOf: z.string().nullable(),
    state: z.enum(RUN_STATES),
    createdAt: Instant,
    /** A plan that is not started by then is discarded. */
    expiresAt: Instant.nullable(),
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    /** Who paused or stopped it. */
    heldBy: z.string().nullable(),
    /** Why it rests although it runs: the gateway does not answer. */
    restsBecause: z.string().nullable(),
    /** The run that has to begin all its items first; `null` when it waits for none. */
    behind: z.object({ id: z.string().nullable(), title: z.string() }).nullable(),
    /** The ceiling on requests to the gateway. */
    perSecond: count,
    /** The age of the lists that the plan was made from. */
    listedAt: Instant,
    total: count,
    /** What the plan says of the items. */
    planned: z.object({ change: count, already: count, refused: count }),
    counts: z.object({
      waiting: count,
      'under-way': count,
      done: count,
      already: count,
      refused: count,
      failed: count,
      unknown: count,
      left: count,
    }),
    /** How many items a new run of what did not come about would have. */
    again: count,
    /** What the users to be changed store; `null` when it is not known of all. */
    storedBytes: Whole.nullable(),
    /** Items that ended in the last minute; `null` while none did. */
    perMinute: z.number().nullable(),
    secondsLeft: count.nullable(),
    /** The entry of the run in the audit. */
    operationId: z.string().nullable(),
    /** First keys of created users: handed over, and waiting in memory to be. Of the others nobody has the secret. */
    keysTaken: count,
    keysWaiting: count,
  })
  .meta({ id: 'BulkRun' })
export type BulkRun = z.infer<typeof BulkRun>

export const BulkItem = z
  .object({
    /** From 1. */
    position: count,
    /** The line of the list of e-mails. */
    line: count.nullable(),
    userId: z.string().nullable(),
    email: z.string(),
    planned: z.enum(['change', 'already', 'refused']),
    state: z.enum(ITEM_STATES),
    /** What it is about to change, or why not; `enabled → disabled`. */
    detail: z.string().nullable(),
    operationId: z.string().nullable(),
    endedAt: Instant.nullable(),
  })
  .meta({ id: 'BulkItem' })
export type BulkItem = z.infer<typeof BulkItem>

export const CreatedKey = z.object({ email: z.string(), userId: z.string(), keyId: z.string(), secret: z.string() })
export type CreatedKey = z.infer<typeof CreatedKey>

const tags = ['bulk']
const OfRun = InCluster.extend({ runId: z.uuid() })
const nothing = z.strictObject({})
const page = wholeInQuery(1, 1_000_000).optional()

export const bulkRoutes = {
  plan: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/bulk',
    config: { verb: 'bulk.run', scope: 'filtered' },
    schema: {
      summary: 'Plan a change of many users. Nothing is sent to the gateway before the plan is started',
      tags,
      params: InCluster,
      body: z.strictObject({ change: BulkChange, choice: BulkChoice }),
      response: { 201: BulkRun },
    },
  },
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/bulk',
    config: { verb: 'bulk.see', scope: 'filtered' },
    schema: {
      summary: 'Bulk changes that are planned, run or ended, newest first, fifty on a page',
      tags,
      params: InCluster,
      querystring: z.strictObject({ page }),
      response: { 200: z.object({ items: z.array(BulkRun), page: count, pageSize: count, matching: count }) },
    },
  },
  read: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/bulk/:runId',
    config: { verb: 'bulk.see', scope: 'bulk-run' },
    schema: { summary: 'Read one bulk change', tags, params: OfRun, response: { 200: BulkRun } },
  },
  items: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/bulk/:runId/items',
    config: { verb: 'bulk.see', scope: 'bulk-run' },
    schema: {
      summary: 'The users of a bulk change, each with its plan or result',
      tags,
      params: OfRun,
      querystring: z.strictObject({
        state: z.enum(ITEM_STATES).optional(),
        search: z.string().max(254).optional(),
        page,
        pageSize: z.enum(PAGE_SIZES).transform(Number).optional(),
      }),
      response: { 200: z.object({ items: z.array(BulkItem), page: count, pageSize: count, matching: count }) },
    },
  },
  results: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/bulk/:runId/results.csv',
    config: { verb: 'bulk.see', scope: 'bulk-run' },
    schema: {
      summary: 'All items as CSV, safe for a spreadsheet',
      tags,
      params: OfRun,
      produces: ['text/csv'],
      response: { 200: z.unknown() },
    },
  },
  start: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/bulk/:runId/start',
    config: { verb: 'bulk.run', scope: 'bulk-run', sudo: true },
    schema: {
      summary: 'Start a plan. A deletion has to name how many users it deletes',
      tags,
      params: OfRun,
      body: z.strictObject({
        perSecond: z.int().min(CEILING.least).max(CEILING.most).optional(),
        confirmCount: z.int().optional(),
      }),
      response: { 200: BulkRun },
    },
  },
  pause: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/bulk/:runId/pause',
    config: { verb: 'bulk.run', scope: 'bulk-run' },
    schema: {
      summary: 'Pause after the item that is under way',
      tags,
      params: OfRun,
      body: nothing,
      response: { 200: BulkRun },
    },
  },
  resume: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/bulk/:runId/resume',
    config: { verb: 'bulk.run', scope: 'bulk-run' },
    schema: { summary: 'Go on with a paused run', tags, params: OfRun, body: nothing, response: { 200: BulkRun } },
  },
  stop: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/bulk/:runId/stop',
    config: { verb: 'bulk.run', scope: 'bulk-run' },
    schema: {
      summary: 'Stop for good; what was not begun is left as it is',
      tags,
      params: OfRun,
      body: nothing,
      response: { 200: BulkRun },
    },
  },
  again: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/bulk/:runId/again',
    config: { verb: 'bulk.run', scope: 'bulk-run' },
    schema: {
      summary: 'A new plan with the items of an ended run that did not come about',
      tags,
      params: OfRun,
      body: nothing,
      response: { 201: BulkRun },
    },
  },
  discard: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/bulk/:runId',
    config: { verb: 'bulk.run', scope: 'bulk-run' },
    schema: { summary: 'Discard a plan', tags, params: OfRun, body: nothing, response: { 204: z.void() } },
  },
  takeKeys: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/bulk/:runId/keys',
    config: { verb: 'key.create', scope: 'bulk-run', sudo: true },
    schema: {
      summary: 'Hand over the first keys of the created users, once, to the session that started the run',
      tags,
      params: OfRun,
      body: nothing,
      response: { 200: z.object({ keys: z.array(CreatedKey) }) },
    },
  },
} as const satisfies Routes
