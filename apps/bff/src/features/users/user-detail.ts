import type { UserDetail } from '@ostor-console/shared/users'
import type { BucketSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayUserDetail } from '../../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../../clusters.ts'
import { HIDDEN_QUOTAS, type QuotasByUser } from '../../lists/quotas.ts'
import { listsWithin, type Scope } from '../../lists/scope.ts'
import { twinsOf } from '../../writing/addressing.ts'
import { bucketsSoon } from './buckets-soon.ts'
import { listedRow } from './user-list.ts'

type Owned = Pick<BucketSnapshot, 'byOwner' | 'asOf' | 'staleReason'>

/**
 * The user as they were just read, with what is known of their buckets and quota, so that a page takes one request to the
 * gateway. With the ids of such other users only as are in the scope, and without keys where quotas are hidden.
 */
export const userDetail = async (
  parts: ClusterParts,
  user: GatewayUserDetail,
  now: Date,
  { scope, quotas }: { scope: Scope | null; quotas: QuotasByUser },
): Promise<UserDetail> => {
  const lists = listsWithin(scope, parts.directory)
  const [buckets, sharesEmailWith, users] = await Promise.all([
    ownedBy(parts, user.id, now, scope),
    twinsOf(lists, user),
    lists.users(),
  ])
  const { ownerId } = user
  const isSeen = scope === null || ownerId === null || users.byId.has(ownerId)
  const storedBytes = user.storedBytes ?? users.byId.get(user.id)?.storedBytes ?? null
  return {
    ...listedRow({ ...user, storedBytes }, { buckets, quotas }, parts.ownUserId),
    ownerId: isSeen ? ownerId : null,
    ...(quotas !== HIDDEN_QUOTAS && { accounts: user.accounts }),
    sharesEmailWith,
    freshness: { asOf: now.toISOString(), staleReason: null },
    bucketsFreshness: buckets && { asOf: buckets.asOf.toISOString(), staleReason: buckets.staleReason },
  }
}

/** The list may be older than the user, so whoever has no bucket in it is asked for. */
const ownedBy = async (
  { directory, gateway }: ClusterParts,
  userId: string,
  now: Date,
  scope: Scope | null,
): Promise<Owned | null> => {
  const listed = await bucketsSoon(directory, scope)
  if (listed?.byOwner.has(userId)) return listed
  const owned = await gateway.bucketsOf(userId).catch(() => null)
  return owned && { byOwner: new Map([[userId, owned]]), asOf: now, staleReason: null }
}
