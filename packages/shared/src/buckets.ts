import * as z from 'zod'
import { InCluster, OfBucket } from './cluster.ts'
import { Freshness, Instant, Whole } from './figure.ts'
import { PageQuery } from './query.ts'
import type { Routes } from './route.ts'

export const Bucket = z
  .object({
    name: z.string(),
    ownerId: z.string(),
    /** `null` when no user in the list has this id. */
    ownerEmail: z.string().nullable(),
    /** The gateway's count of bucket generations; a bucket made anew under its old name is another bucket. */
    epoch: Whole.nullable(),
    createdAt: Instant.nullable(),
    storedBytes: Whole.nullable(),
    /** Highest size within the last hour. */
    peakBytes: Whole.nullable(),
    /** Running integral of the size since creation. */
    byteHours: Whole.nullable(),
    /** The hour of the last change in size. */
    lastChangedAt: Instant.nullable(),
  })
  .meta({ id: 'Bucket' })
export type Bucket = z.infer<typeof Bucket>

export const BUCKET_SORTS = [
  'name',
  '-name',
  'owner',
  '-owner',
  'storedBytes',
  '-storedBytes',
  'createdAt',
  '-createdAt',
] as const

export const BucketPage = z
  .object({
    items: z.array(Bucket),
    page: z.int(),
    pageSize: z.int(),
    matching: z.int(),
    /** Over all buckets of the cluster, whatever the filter. */
    summary: z.object({ total: z.int(), storedBytes: Whole.nullable() }),
    freshness: Freshness,
  })
  .meta({ id: 'BucketPage' })
export type BucketPage = z.infer<typeof BucketPage>

const tags = ['buckets']

export const bucketsRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/buckets',
    config: { verb: 'bucket.see', scope: 'filtered' },
    schema: {
      summary: 'List buckets: searched by name or owner, filtered by owner, sorted and paged',
      tags,
      params: InCluster,
      querystring: PageQuery.extend({
        ownerId: z.string().min(1).max(64).optional(),
        sort: z.enum(BUCKET_SORTS).optional(),
      }),
      response: { 200: BucketPage },
    },
  },
  read: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/buckets/:bucket',
    config: { verb: 'bucket.see', scope: 'bucket' },
    schema: {
      summary: 'Read one bucket',
      tags,
      params: OfBucket,
      response: { 200: Bucket.extend({ freshness: Freshness }) },
    },
  },
} as const satisfies Routes
