import * as z from 'zod'
import { InCluster } from './cluster.ts'
import { Coverage, Gap, Source } from './coverage.ts'
import { Instant, Whole } from './figure.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'
import { TimeZone } from './time-zone.ts'
import { Range, rangeHolds, Subject } from './usage-query.ts'

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

const UsagePoint = z
  .object({
    /** Start of the step. */
    at: Instant,
    coverage: Coverage,
    /** `null` exactly when the coverage is `unknown`. */
    counters: Counters.nullable(),
  })
  .meta({ id: 'UsagePoint' })

export const UsageSeries = z
  .object({
    from: Instant,
    to: Instant,
    stepSeconds: z.int(),
    points: z.array(UsagePoint).max(500),
    /** Over the whole range; `null` when nothing in it is known. */
    total: Counters.nullable(),
    /** Where the services' objects do not cover the range exactly once, accepted ones included; at most 500, by start. */
    gaps: z.array(Gap).max(500),
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

/** Traffic or operations over time, split by the users or buckets that had most of it. */
export const Breakdown = z
  .object({
    from: Instant,
    to: Instant,
    stepSeconds: z.int(),
    /** The largest first. */
    series: z.array(z.object({ id: z.string(), label: z.string().nullable(), total: Whole })),
    /** All that is not in `series`; `null` when there is nothing else. */
    others: z.object({ count: z.int(), total: Whole }).nullable(),
    points: z
      .array(
        z.object({
          at: Instant,
          coverage: Coverage,
          /** In the order of `series`; `null` exactly when the coverage is `unknown`, and so is `others`. */
          values: z.array(Whole).nullable(),
          others: Whole.nullable(),
        }),
      )
      .max(500),
    gaps: z.array(Gap).max(500),
    source: Source,
  })
  .meta({ id: 'UsageBreakdown' })
export type Breakdown = z.infer<typeof Breakdown>

/** The mean of an hour of the week over the range. */
export const HeatCell = z
  .object({
    /** 0 is Monday. */
    weekday: z.int().min(0).max(6),
    hour: z.int().min(0).max(23),
    /** Hours of the range that fall here and of which something is known. */
    hours: z.int(),
    /** Mean per hour, rounded down; `null` when no such hour is known. */
    mean: Whole.nullable(),
    coverage: Coverage,
  })
  .meta({ id: 'UsageHeatCell' })
export type HeatCell = z.infer<typeof HeatCell>

export const HeatMap = z
  .object({
    from: Instant,
    to: Instant,
    timeZone: z.string(),
    /** Hours that each value is spread over evenly: more than one where the periods of the objects are longer. */
    spreadHours: z.int().min(1),
    /** All 168, Monday 0:00 first. */
    cells: z.array(HeatCell).length(168),
    source: Source,
  })
  .meta({ id: 'UsageHeatMap' })
export type HeatMap = z.infer<typeof HeatMap>

/** A small line for a row of a list: traffic by day in UTC, in order of time. */
const Sparkline = z
  .object({
    id: z.string(),
    /** Bytes up and down by day; `null` where nothing is known of the day. */
    values: z.array(Whole.nullable()),
  })
  .meta({ id: 'UsageSparkline' })

export const Sparklines = z
  .object({ from: Instant, to: Instant, items: z.array(Sparkline), source: Source })
  .meta({ id: 'UsageSparklines' })
export type Sparklines = z.infer<typeof Sparklines>

const tags = ['usage']

const MOST_SPARKLINES = 100

const Ids = z
  .string()
  .max(12 * 1024)
  .transform((text, context): string[] => {
    try {
      return z.array(z.string().min(1).max(4096)).min(1).max(MOST_SPARKLINES).parse(JSON.parse(text))
    } catch {
      context.addIssue({ code: 'custom', message: said`must be a JSON list of 1 to ${MOST_SPARKLINES} texts` })
      return z.NEVER
    }
  })

export const usageRoutes = {
  series: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/series',
    config: { verb: 'usage.see', scope: 'subject' },
    schema: {
      summary: 'Traffic and operations over time, for the cluster, a user or a bucket',
      tags,
      params: InCluster,
      querystring: Range.extend({
        /** Left out, the smallest step that gives at most 500 points. */
        stepSeconds: wholeInQuery(1, 31 * 86_400).optional(),
        ...Subject,
      }).superRefine(rangeHolds),
      response: { 200: UsageSeries },
    },
  },
  top: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/top',
    config: { verb: 'usage.see', scope: 'subject' },
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
  breakdown: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/breakdown',
    config: { verb: 'usage.see', scope: 'subject' },
    schema: {
      summary: 'One metric over time, split by the users or buckets with most of it, and all others as one',
      tags,
      params: InCluster,
      querystring: Range.extend({
        by: z.enum(['user', 'bucket']),
        metric: z.enum(METRICS).optional(),
        limit: wholeInQuery(1, 9).optional(),
        stepSeconds: wholeInQuery(1, 31 * 86_400).optional(),
        userId: Subject.userId,
      }).superRefine(rangeHolds),
      response: { 200: Breakdown },
    },
  },
  heatMap: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/heat-map',
    config: { verb: 'usage.see', scope: 'subject' },
    schema: {
      summary: 'One metric by hour of the week',
      tags,
      params: InCluster,
      querystring: Range.extend({
        metric: z.enum(METRICS).optional(),
        timeZone: TimeZone.optional(),
        ...Subject,
      }).superRefine(rangeHolds),
      response: { 200: HeatMap },
    },
  },
  sparklines: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/sparklines',
    config: { verb: 'usage.see', scope: 'subject' },
    schema: {
      summary: 'Traffic of the last 30 days for the rows of a list',
      tags,
      params: InCluster,
      querystring: z.strictObject({
        by: z.enum(['user', 'bucket']),
        /** A JSON list of user ids or bucket names. */
        ids: Ids,
      }),
      response: { 200: Sparklines },
    },
  },
} as const satisfies Routes
