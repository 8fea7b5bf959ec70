import * as z from 'zod'
import { ClusterId } from './cluster.ts'
import { Instant, Whole } from './figure.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'

/** Sums of what the gateway's statistics objects report. Bytes are from the clients' view: up is written to S3. */
export const Counters = z
  .object({
    uploadedBytes: Whole,
    downloadedBytes: Whole,
    putOps: Whole,
    getOps: Whole,
    listOps: Whole,
    otherOps: Whole,
  })
  .meta({ id: 'Counters' })
export type Counters = z.infer<typeof Counters>

/**
 * How much of a span is known. `complete`: every statistics object that the gateway lists for it is stored and closed.
 * `partial`: some are, so the sums say "at least". `unknown`: none is; there is no figure, and no zero either.
 */
export const Coverage = z.enum(['complete', 'partial', 'unknown'])
export type Coverage = z.infer<typeof Coverage>

export const UsagePoint = z
  .object({
    /** Start of the step. */
    at: Instant,
    coverage: Coverage,
    /** `null` exactly when the coverage is `unknown`. */
    counters: Counters.nullable(),
  })
  .meta({ id: 'UsagePoint' })
export type UsagePoint = z.infer<typeof UsagePoint>

/** What a sum or a series rests on. */
export const Source = z
  .object({
    coverage: Coverage,
    /** Statistics objects that lie in the range, and how many of them are stored and closed. */
    objectsListed: z.int(),
    objectsClosed: z.int(),
    /** No figure is known before this instant; `null` while nothing is stored. */
    historyFrom: Instant.nullable(),
    /** Everything up to here is complete; `null` while nothing is. */
    completeUntil: Instant.nullable(),
    /** When the collector last listed the gateway's objects; `null` before the first time. */
    collectedAt: Instant.nullable(),
  })
  .meta({ id: 'UsageSource' })
export type Source = z.infer<typeof Source>

export const UsageSeries = z
  .object({
    from: Instant,
    to: Instant,
    stepSeconds: z.int(),
    points: z.array(UsagePoint).max(500),
    /** Over the whole range; `null` when nothing in it is known. */
    total: Counters.nullable(),
    source: Source,
  })
  .meta({ id: 'UsageSeries' })
export type UsageSeries = z.infer<typeof UsageSeries>

export const METRICS = ['traffic', 'uploadedBytes', 'downloadedBytes', 'operations'] as const
export type Metric = (typeof METRICS)[number]

export const TopEntry = z
  .object({
    /** User id, or bucket name. */
    id: z.string(),
    /** The e-mail of the user, or the bucket's name; `null` when no longer known. */
    label: z.string().nullable(),
    /** Owner of a bucket; `null` for users. */
    userId: z.string().nullable(),
    counters: Counters,
  })
  .meta({ id: 'TopEntry' })
export type TopEntry = z.infer<typeof TopEntry>

export const Top = z
  .object({
    from: Instant,
    to: Instant,
    items: z.array(TopEntry),
    /** All that is not in `items`; `null` when there is nothing else. */
    others: z.object({ count: z.int(), counters: Counters }).nullable(),
    source: Source,
  })
  .meta({ id: 'Top' })
export type Top = z.infer<typeof Top>

export const Collector = z
  .object({
    /** `off`: the gateway lists no statistics objects, so statistics are probably switched off there. */
    state: z.enum(['starting', 'catching-up', 'up-to-date', 'off', 'failing']),
    /** Why it fails, in one sentence; `null` otherwise. */
    detail: z.string().nullable(),
    since: Instant,
    collectedAt: Instant.nullable(),
    historyFrom: Instant.nullable(),
    completeUntil: Instant.nullable(),
    objectsListed: z.int(),
    objectsStored: z.int(),
    objectsPending: z.int(),
    objectsQuarantined: z.int(),
    /** Over the last minute; `null` when nothing was read. */
    objectsPerSecond: z.number().nullable(),
  })
  .meta({ id: 'Collector' })
export type Collector = z.infer<typeof Collector>

const tags = ['usage']
const InCluster = z.strictObject({ cluster: ClusterId })

export const MAX_RANGE_DAYS = 400

/** `from` is inside the range, `to` is not. At most 400 days. Times are UTC. */
const Range = z.strictObject({
  from: z.iso.datetime({ error: 'must be a UTC time such as 2026-11-01T00:00:00Z' }),
  to: z.iso.datetime({ error: 'must be a UTC time such as 2026-11-01T00:00:00Z' }),
})

const rangeHolds = ({ from, to }: { from: string; to: string }, context: z.RefinementCtx): void => {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  const fail = (path: string, code: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message, params: { code } })
  if (Date.parse(from) < Date.UTC(2010, 0, 1)) fail('from', 'range_too_early', 'must not lie before 2010')
  if (days <= 0) fail('to', 'range_reversed', 'must lie after "from"')
  if (days > MAX_RANGE_DAYS) fail('to', 'range_too_long', `must lie at most ${MAX_RANGE_DAYS} days after "from"`)
}

export const usageRoutes = {
  series: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/series',
    schema: {
      summary: 'Traffic and operations over time, for the cluster, a user or a bucket',
      tags,
      params: InCluster,
      querystring: Range.extend({
        /** Left out, the smallest step that gives at most 500 points. */
        stepSeconds: wholeInQuery(1, 31 * 86_400).optional(),
        userId: z.string().min(1).max(64).optional(),
        bucket: z.string().min(1).max(4096).optional(),
      }).superRefine(rangeHolds),
      response: { 200: UsageSeries },
    },
  },
  top: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/top',
    schema: {
      summary: 'The users or buckets with the most traffic or operations, and all others as one',
      tags,
      params: InCluster,
      querystring: Range.extend({
        by: z.enum(['user', 'bucket']),
        metric: z.enum(METRICS).optional(),
        limit: wholeInQuery(1, 100).optional(),
        userId: z.string().min(1).max(64).optional(),
      }).superRefine(rangeHolds),
      response: { 200: Top },
    },
  },
  collector: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/collector',
    schema: {
      summary: 'How far the collector has come',
      tags,
      params: InCluster,
      response: { 200: Collector },
    },
  },
} as const satisfies Routes
