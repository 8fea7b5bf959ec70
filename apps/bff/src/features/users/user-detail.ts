import type { User, UserDetail } from '@ostor-console/shared/users'
import type { GatewayBucket, GatewayUser, GatewayUserDetail } from '../../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../../clusters.ts'
import { listsWithin, type Scope } from '../../lists/scope.ts'
import { sumOf } from '../../lists/stored-bytes.ts'
import { twinsOf } from '../../writing/addressing.ts'
import { isProtected } from './user-list.ts'

/** The user with what their buckets say at this moment; a bucket list that fails leaves these two unknown. */
export const freshRow = async ({ gateway, ownUserId }: ClusterParts, user: GatewayUser): Promise<User> => {
  const owned: GatewayBucket[] | null = await gateway.bucketsOf(user.id).catch(() => null)
  const storedBytes = user.storedBytes ?? sumOf(owned)
  return {
    id: user.id,
    email: user.email,
    state: user.state,
    flags: user.flags,
    protected: isProtected(user, ownUserId),
    storedBytes: storedBytes === null ? null : String(storedBytes),
    bucketCount: owned && owned.length,
  }
}

/** With the ids of such other users only as are in the scope. */
export const userDetail = async (
  parts: ClusterParts,
  user: GatewayUserDetail,
  now: Date,
  scope: Scope | null,
): Promise<UserDetail> => {
  const lists = listsWithin(scope, parts.directory)
  const [row, sharesEmailWith] = await Promise.all([freshRow(parts, user), twinsOf(lists, user)])
  const { ownerId, accounts } = user
  const isSeen = scope === null || ownerId === null || (await lists.users()).byId.has(ownerId)
  return {
    ...row,
    ownerId: isSeen ? ownerId : null,
    accounts,
    sharesEmailWith,
    freshness: { asOf: now.toISOString(), staleReason: null },
  }
}
