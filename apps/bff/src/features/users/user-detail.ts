import type { UserDetail } from '@ostor-console/shared/users'
import type { GatewayUserDetail } from '../../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../../clusters.ts'
import type { QuotasByUser } from '../../lists/quotas.ts'
import { listsWithin, type Scope } from '../../lists/scope.ts'
import { twinsOf } from '../../writing/addressing.ts'
import { bucketsSoon } from './buckets-soon.ts'
import { listedRow } from './user-list.ts'

/**
 * The user as they were just read, with what is known of their buckets and quota, so that a page takes one request to the
 * gateway. With the ids of such other users only as are in the scope.
 */
export const userDetail = async (
  parts: ClusterParts,
  user: GatewayUserDetail,
  now: Date,
  { scope, quotas }: { scope: Scope | null; quotas: QuotasByUser },
): Promise<UserDetail> => {
  const lists = listsWithin(scope, parts.directory)
  const [buckets, sharesEmailWith] = await Promise.all([bucketsSoon(parts.directory, scope), twinsOf(lists, user)])
  const { ownerId, accounts } = user
  const isSeen = scope === null || ownerId === null || (await lists.users()).byId.has(ownerId)
  return {
    ...listedRow(user, { buckets, quotas }, parts.ownUserId),
    ownerId: isSeen ? ownerId : null,
    accounts,
    sharesEmailWith,
    freshness: { asOf: now.toISOString(), staleReason: null },
    bucketsFreshness: buckets && { asOf: buckets.asOf.toISOString(), staleReason: buckets.staleReason },
  }
}
