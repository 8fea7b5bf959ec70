import * as z from 'zod'
import { InCluster, OfBucket, OfUser } from './cluster.ts'
import { Freshness, Instant, Whole } from './figure.ts'
import { IfMatch, Limit, newLimit } from './limits.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'

/** In the gateway's "GB": an exabyte. */
export const MAX_QUOTA = 1_000_000_000

export const Quota = z
  .object({
    /** In the gateway's "GB". */
    size: Limit,
    /**
     * Whether the unit is known. The gateway's documents say GB in one place and bytes in another; it is known once a
     * quota was set and read back.
     */
    isUnitKnown: z.boolean(),
    /** Bytes in one "GB", which only a gateway that tells sizes in bytes gives away; else it may be 10^9 or 2^30. */
    bytesPerGb: Whole.nullable(),
    readAt: Instant,
    /** Changes with the size; send it as `if-match`. */
    version: z.string(),
  })
  .meta({ id: 'Quota' })
export type Quota = z.infer<typeof Quota>

export const QuotaChange = z.strictObject({ size: newLimit(MAX_QUOTA, 'GB') }).meta({ id: 'QuotaChange' })
export type QuotaChange = z.infer<typeof QuotaChange>

/** By the gateway's documents a GB may be either. */
export const BYTES_OF_GB = ['1000000000', '1073741824'] as const

/** Whose size, as the gateway lists it, is above a quota that all would have. Who has one of their own is not in the list. */
export const OverDefault = z
  .object({
    size: z.int(),
    total: z.int(),
    /** Whose size the gateway does not tell; they are in no other number. */
    unknown: z.int(),
    /** How many are over, for each size that a GB may have; the smallest first. */
    over: z.array(z.object({ bytesPerGb: z.enum(BYTES_OF_GB), count: z.int() })).length(2),
    /** The largest of those who are over with the smallest GB, at most 10. */
    largest: z
      .array(
        z.object({
          /** User id, or bucket name. */
          id: z.string(),
          label: z.string(),
          storedBytes: Whole,
        }),
      )
      .max(10),
    freshness: Freshness,
  })
  .meta({ id: 'OverDefaultQuota' })
export type OverDefault = z.infer<typeof OverDefault>

const tags = ['quotas']
const OfAll = InCluster.extend({ of: z.enum(['user', 'bucket']) })
const changing = { tags, headers: IfMatch, body: QuotaChange, response: { 200: Quota } }

export const quotasRoutes = {
  readOfUser: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/users/:userId/quota',
    config: { verb: 'user.see', scope: 'user' },
    schema: { summary: 'Read how much a user may store', tags, params: OfUser, response: { 200: Quota } },
  },
  changeOfUser: {
    method: 'PUT',
    url: '/api/v1/clusters/:cluster/users/:userId/quota',
    config: { verb: 'quota.change', scope: 'user' },
    schema: { summary: 'Change how much a user may store', params: OfUser, ...changing },
  },
  readOfBucket: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/buckets/:bucket/quota',
    config: { verb: 'user.see', scope: 'bucket' },
    schema: { summary: 'Read how much a bucket may hold', tags, params: OfBucket, response: { 200: Quota } },
  },
  changeOfBucket: {
    method: 'PUT',
    url: '/api/v1/clusters/:cluster/buckets/:bucket/quota',
    config: { verb: 'quota.change', scope: 'bucket' },
    schema: { summary: 'Change how much a bucket may hold', params: OfBucket, ...changing },
  },
  readDefault: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/quotas/defaults/:of',
    config: { verb: 'user.see', scope: 'none' },
    schema: {
      summary: 'Read the quota of every user, or of every bucket',
      tags,
      params: OfAll,
      querystring: z.strictObject({
        /** Asks the gateway now. Without it the answer may be some minutes old, as its `readAt` says. */
        fresh: z.literal('true').optional(),
      }),
      response: { 200: Quota },
    },
  },
  overDefault: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/quotas/defaults/:of/over',
    config: { verb: 'user.see', scope: 'fleet' },
    schema: {
      summary: 'Who stores more than a quota that every user, or every bucket, would have',
      tags,
      params: OfAll,
      querystring: z.strictObject({
        /** In the gateway's "GB". */
        size: wholeInQuery(1, MAX_QUOTA),
      }),
      response: { 200: OverDefault },
    },
  },
  changeDefault: {
    method: 'PUT',
    url: '/api/v1/clusters/:cluster/quotas/defaults/:of',
    config: { verb: 'quota.change', scope: 'fleet' },
    schema: { summary: 'Change the quota of every user, or of every bucket', params: OfAll, ...changing },
  },
} as const satisfies Routes
