import type { User, UserDetail } from '@ostor-console/shared/users'
import type { BucketSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayUser, GatewayUserDetail } from '../../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../../clusters.ts'
import { listsWithin, type Scope } from '../../lists/scope.ts'
import { twinsOf } from '../../writing/addressing.ts'
import { bucketsSoon } from './buckets-soon.ts'
import { sizesOf } from './user-columns.ts'
import { isProtected } from './user-list.ts'

type Buckets = Pick<BucketSnapshot, 'byOwner'> | null

export const rowOf = ({ ownUserId }: Pick<ClusterParts, 'ownUserId'>, user: GatewayUser, buckets: Buckets): User => {
  const { storedBytes, bucketCount } = sizesOf(user, buckets)
  return {
    id: user.id,
    email: user.email,
    state: user.state,
    flags: user.flags,
    protected: isProtected(user, ownUserId),
    storedBytes: storedBytes === null ? null : String(storedBytes),
    bucketCount,
  }
}

/**
 * The user as they were just read, with what the list of buckets says of them, so that a page takes one request to the
 * gateway. With the ids of such other users only as are in the scope.
 */
export const userDetail = async (
  parts: ClusterParts,
  user: GatewayUserDetail,
  now: Date,
  scope: Scope | null,
): Promise<UserDetail> => {
  const lists = listsWithin(scope, parts.directory)
  const [buckets, sharesEmailWith] = await Promise.all([bucketsSoon(parts.directory, scope), twinsOf(lists, user)])
  const { ownerId, accounts } = user
  const isSeen = scope === null || ownerId === null || (await lists.users()).byId.has(ownerId)
  return {
    ...rowOf(parts, user, buckets),
    ownerId: isSeen ? ownerId : null,
    accounts,
    sharesEmailWith,
    freshness: { asOf: now.toISOString(), staleReason: null },
    bucketsFreshness: buckets && { asOf: buckets.asOf.toISOString(), staleReason: buckets.staleReason },
  }
}
