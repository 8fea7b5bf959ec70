import type { BucketSnapshot, UserSnapshot } from '../src/adapters/gateway/directory.ts'
import type { GatewayBucket, GatewayUser } from '../src/adapters/gateway/gateway.ts'

export const idOf = (n: number): string => n.toString(16).padStart(16, '0')

export const gatewayUser = (n: number, given: Partial<GatewayUser> = {}): GatewayUser => ({
  id: idOf(n),
  email: `user${n}@example.com`,
  state: 'enabled',
  flags: [],
  ownerId: '0000000000000000',
  storedBytes: null,
  ...given,
})

export const gatewayBucket = (name: string, ownerId: string, given: Partial<GatewayBucket> = {}): GatewayBucket => ({
  name,
  ownerId,
  epoch: 0n,
  createdAt: new Date('2026-01-01T00:00:00Z'),
  storedBytes: 0n,
  peakBytes: null,
  byteHours: null,
  lastChangedAt: null,
  ...given,
})

const AS_OF = new Date('2026-11-23T12:00:00Z')

/** Snapshots as the directory gives them, for the pure parts of the lists. */
export const userSnapshot = (users: GatewayUser[], staleReason: string | null = null): UserSnapshot => ({
  asOf: AS_OF,
  staleReason,
  users,
  byId: new Map(users.map((user) => [user.id, user])),
  byEmail: Map.groupBy(users, ({ email }) => email.toLowerCase()),
  sized: users.every(({ storedBytes }) => storedBytes !== null),
})

export const bucketSnapshot = (buckets: GatewayBucket[], staleReason: string | null = null): BucketSnapshot => ({
  asOf: AS_OF,
  staleReason,
  buckets,
  byName: new Map(buckets.map((bucket) => [bucket.name, bucket])),
  byOwner: Map.groupBy(buckets, ({ ownerId }) => ownerId),
})
