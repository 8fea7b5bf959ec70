import type { ListedUser, User, UserPage, UserQuota } from '@ostor-console/shared/users'
import type { BucketSnapshot, UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayUser } from '../../adapters/gateway/gateway.ts'
import type { ToldQuota } from '../../adapters/store/user-quotas.ts'
import { oncePer } from '../../lists/once-per.ts'
import { findPage } from '../../lists/page.ts'
import type { QuotaReading } from '../../lists/quotas.ts'
import { sumOf } from '../../lists/stored-bytes.ts'
import {
  compareUsers,
  type Lists,
  orderOfUsers,
  quotaCountsOf,
  sizesOf,
  storedBytesOf,
  type UserSort,
  userMatcher,
} from './user-columns.ts'

export type UserQuery = {
  page?: number | undefined
  pageSize?: number | undefined
  search?: string | undefined
  state?: 'enabled' | 'disabled' | undefined
  /** Separated by dots. */
  ids?: string | undefined
  sort?: UserSort | undefined
}

/** System users, and the user of the console's own key. */
export const isProtected = (user: Pick<GatewayUser, 'id' | 'flags'>, ownUserId: string): boolean =>
  user.flags.includes('system') || user.id === ownUserId

/** A user as the lists have them. */
export const userRow = (
  user: GatewayUser,
  buckets: Pick<BucketSnapshot, 'byOwner'> | null,
  ownUserId: string,
): User => {
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

const quotaRow = ({ told, readAt }: ToldQuota, { meaningOf }: Lists['quotas']): UserQuota => {
  const { size, isUnitKnown, bytesPerGb } = meaningOf(told)
  return {
    // At the gateway 0 means unlimited; here the word does.
    size: size === 0 ? 'unlimited' : size,
    isUnitKnown,
    bytesPerGb: bytesPerGb === null ? null : String(bytesPerGb),
    readAt: readAt.toISOString(),
  }
}

export const listedRow = (
  user: GatewayUser,
  { buckets, quotas }: { buckets: Pick<BucketSnapshot, 'byOwner'> | null; quotas: Lists['quotas'] },
  ownUserId: string,
): ListedUser => {
  const quota = quotas.byUser.get(user.id)
  return { ...userRow(user, buckets, ownUserId), quota: quota ? quotaRow(quota, quotas) : null }
}

/** One page of the users. */
export const listUsers = (
  lists: Lists,
  query: UserQuery,
  ownUserId: string,
  reading: QuotaReading = 'reading',
): UserPage => {
  const { users, buckets } = lists
  const { page = 1, pageSize = 50, sort = 'email' } = query
  const { indexes, matching } = findPage({
    length: users.users.length,
    compare: compareUsers(lists, sort),
    matches: matcherOf(users, query),
    page,
    pageSize,
    order: () => orderOfUsers(lists, sort),
  })
  return {
    items: indexes.flatMap((index) => users.users[index] ?? []).map((user) => listedRow(user, lists, ownUserId)),
    page,
    pageSize,
    matching,
    summary: {
      ...countsOf(users.users),
      storedBytes: totalOf(users, buckets),
      quotas: quotaCountsOf(lists, reading),
    },
    freshness: freshnessOf(users, buckets),
  }
}

/** A row is made of both lists, so it is as old as the older one. */
const freshnessOf = (users: UserSnapshot, buckets: BucketSnapshot | null): UserPage['freshness'] => ({
  asOf: (buckets && buckets.asOf < users.asOf ? buckets : users).asOf.toISOString(),
  staleReason: users.staleReason ?? buckets?.staleReason ?? null,
})

const matcherOf = (users: UserSnapshot, { search = '', state, ids }: UserQuery) => {
  const found = search.trim() === '' ? undefined : userMatcher(users, search.trim())
  if (!state && ids === undefined) return found
  const only = ids === undefined ? null : new Set(ids.split('.'))
  return (index: number) => {
    const user = users.users[index]
    if (!user || (state && user.state !== state) || (only && !only.has(user.id))) return false
    return !found || found(index)
  }
}

/** All that match, in the order of the list. */
export const usersMatching = (users: UserSnapshot, query: Pick<UserQuery, 'search' | 'state'>): GatewayUser[] => {
  const matches = matcherOf(users, query) ?? (() => true)
  return users.users.filter((_, index) => matches(index))
}

const countsOf = oncePer((users: UserSnapshot['users']) => ({
  total: users.length,
  enabled: users.filter(({ state }) => state === 'enabled').length,
  disabled: users.filter(({ state }) => state === 'disabled').length,
}))

const totals = oncePer(sumOf)

const totalOf = (users: UserSnapshot, buckets: BucketSnapshot | null): string | null => {
  const total = totals(storedBytesOf(users, buckets))
  return total === null ? null : String(total)
}
