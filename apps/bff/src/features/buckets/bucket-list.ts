import type { Bucket, BucketPage } from '@ostor-console/shared/buckets'
import type { BucketSnapshot, UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayBucket } from '../../adapters/gateway/gateway.ts'
import type { Dated } from '../../adapters/gateway/refresher.ts'
import { oncePer } from '../../lists/once-per.ts'
import { findPage } from '../../lists/page.ts'
import { storedIn } from '../../lists/stored-bytes.ts'
import { type BucketSort, bucketMatcher, compareBuckets, orderOfBuckets } from './bucket-columns.ts'

export type BucketQuery = {
  page?: number | undefined
  pageSize?: number | undefined
  search?: string | undefined
  ownerId?: string | undefined
  sort?: BucketSort | undefined
}

/** One row of the list. */
export const bucketRow = (bucket: GatewayBucket, users: UserSnapshot): Bucket => ({
  name: bucket.name,
  ownerId: bucket.ownerId,
  ownerEmail: users.byId.get(bucket.ownerId)?.email ?? null,
  epoch: whole(bucket.epoch),
  createdAt: bucket.createdAt?.toISOString() ?? null,
  storedBytes: whole(bucket.storedBytes),
  peakBytes: whole(bucket.peakBytes),
  byteHours: whole(bucket.byteHours),
  lastChangedAt: bucket.lastChangedAt?.toISOString() ?? null,
})

const whole = (value: bigint | null): string | null => (value === null ? null : String(value))

/** One page of the buckets. */
export const listBuckets = (buckets: BucketSnapshot, users: UserSnapshot, query: BucketQuery): BucketPage => {
  const { page = 1, pageSize = 50, sort = 'name' } = query
  const wanted = query.ownerId === undefined ? buckets : ofOwner(buckets, query.ownerId)
  const search = query.search?.trim() ?? ''
  const { indexes, matching } = findPage({
    length: wanted.buckets.length,
    compare: compareBuckets(wanted, users, sort),
    matches: search === '' ? undefined : bucketMatcher(wanted, users, search),
    page,
    pageSize,
    order: () => orderOfBuckets(wanted, users, sort),
  })
  return {
    items: indexes.flatMap((index) => wanted.buckets[index] ?? []).map((bucket) => bucketRow(bucket, users)),
    page,
    pageSize,
    matching,
    summary: summaryOf(buckets.buckets),
    freshness: freshnessOf(buckets, users),
  }
}

/** Buckets read, but owners not: then the names of the owners are what is stale. */
export const freshnessOf = (buckets: Dated, users: Dated) => ({
  asOf: buckets.asOf.toISOString(),
  staleReason: buckets.staleReason ?? users.staleReason,
})

const ofOwner = (buckets: BucketSnapshot, ownerId: string): BucketSnapshot => ({
  ...buckets,
  buckets: buckets.byOwner.get(ownerId) ?? [],
})

const summaryOf = oncePer((buckets: BucketSnapshot['buckets']) => ({
  total: buckets.length,
  storedBytes: whole(storedIn(buckets)),
}))
