import * as z from 'zod'
import { InCluster } from './cluster.ts'
import { Coverage } from './coverage.ts'
import { Instant, Whole } from './figure.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'
import { Range, rangeHolds, Subject } from './usage-query.ts'

export const StoragePoint = z
  .object({
    /** Start of the step. */
    at: Instant,
    coverage: Coverage,
    /** At the end of the step; `null` when no sample is near. */
    storedBytes: Whole.nullable(),
    /** Byte-hours divided by hours, over the part of the step that is known; `null` when none is. */
    averageBytes: Whole.nullable(),
  })
  .meta({ id: 'StoragePoint' })
export type StoragePoint = z.infer<typeof StoragePoint>

/** One life of a bucket: made anew under its old name, it is another bucket. */
export const Generation = z
  .object({
    createdAt: Instant.nullable(),
    epoch: Whole.nullable(),
    ownerId: z.string(),
    firstSampledAt: Instant,
    lastSampledAt: Instant,
  })
  .meta({ id: 'BucketGeneration' })
export type Generation = z.infer<typeof Generation>

export const StorageSource = z
  .object({
    coverage: Coverage,
    /** Hours in the range, and those for which the sizes were not sampled. */
    hoursExpected: z.int(),
    hoursMissing: z.int(),
    /** Sampled hours of the range at which the gateway did not tell the size of the bucket, or of one of them. */
    hoursUntold: z.int(),
    historyFrom: Instant.nullable(),
    sampledAt: Instant.nullable(),
    /** Sizes should be newer than they are, since this instant; `null` when they are as new as they should be. */
    staleSince: Instant.nullable(),
  })
  .meta({ id: 'StorageSource' })
export type StorageSource = z.infer<typeof StorageSource>

export const StorageSeries = z
  .object({
    from: Instant,
    to: Instant,
    stepSeconds: z.int(),
    points: z.array(StoragePoint).max(500),
    /** Over the known hours of the range. */
    byteHours: Whole.nullable(),
    averageBytes: Whole.nullable(),
    /** Of a bucket, oldest first: more than one when it was made anew in the range. Empty for users and the cluster. */
    generations: z.array(Generation).max(100),
    source: StorageSource,
  })
  .meta({ id: 'StorageSeries' })
export type StorageSeries = z.infer<typeof StorageSeries>

/** What a user or a bucket stored last, and by how much that grew. */
export const StorageGrowth = z
  .object({
    /** At `source.sampledAt`; `null` when it is not known, or the bucket was not there. */
    storedBytes: Whole.nullable(),
    /** Days up to now that were looked at. */
    days: z.int(),
    /**
     * Between the first and the last sampled hour of these days, within one life of a bucket; below 0 when it shrank.
     * `null` when they lie too close together to say anything.
     */
    growth: z.object({ from: Instant, to: Instant, bytes: z.string().regex(/^-?\d+$/) }).nullable(),
    /** Days that lie between these hours at least. */
    daysNeeded: z.int(),
    source: StorageSource,
  })
  .meta({ id: 'StorageGrowth' })
export type StorageGrowth = z.infer<typeof StorageGrowth>

export const storageRoutes = {
  series: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/storage/series',
    config: { verb: 'usage.see', scope: 'subject' },
    schema: {
      summary: 'Stored bytes and average storage over time, for the cluster, a user or a bucket',
      tags: ['storage'],
      params: InCluster,
      querystring: Range.extend({
        /** A whole number of hours; left out, the smallest that gives at most 500 points. */
        stepSeconds: wholeInQuery(3600, 31 * 86_400).optional(),
        ...Subject,
      }).superRefine(rangeHolds),
      response: { 200: StorageSeries },
    },
  },
  growth: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/storage/growth',
    config: { verb: 'usage.see', scope: 'subject' },
    schema: {
      summary: 'What the cluster, a user or a bucket stored last, and its growth over the last 30 days',
      tags: ['storage'],
      params: InCluster,
      querystring: z.strictObject(Subject),
      response: { 200: StorageGrowth },
    },
  },
} as const satisfies Routes
