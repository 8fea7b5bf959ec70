import type { USER_SORTS } from '@ostor-console/shared/users'
import type { BucketSnapshot, UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayUser } from '../../adapters/gateway/gateway.ts'
import { oncePer } from '../../lists/once-per.ts'
import { byText, type Compare, sorted } from '../../lists/page.ts'
import { sumOf } from '../../lists/stored-bytes.ts'

export type UserSort = (typeof USER_SORTS)[number]

/** Sizes of one user; `null` is unknown, which is not 0. */
export const sizesOf = (user: GatewayUser, buckets: Pick<BucketSnapshot, 'byOwner'> | null) => {
  const owned = buckets ? (buckets.byOwner.get(user.id) ?? []) : null
  return { storedBytes: user.storedBytes ?? sumOf(owned), bucketCount: owned && owned.length }
}

type Users = readonly GatewayUser[]
type ByOwner = BucketSnapshot['byOwner']

/** What searching and sorting look at, laid out once for each list. */
const columnsOf = oncePer((users: Users) => ({
  email: users.map(({ email }) => email.toLowerCase()),
  id: users.map(({ id }) => id),
  state: users.map(({ state }) => state),
}))

const bytesOf = oncePer((users: Users) =>
  oncePer((byOwner: ByOwner) => users.map((user) => sizesOf(user, { byOwner }).storedBytes)),
)

/** Stored bytes by index. */
export const storedBytesOf = ({ users }: UserSnapshot, buckets: BucketSnapshot | null): (bigint | null)[] =>
  buckets ? bytesOf(users)(buckets.byOwner) : bytesAloneOf(users)

const bytesAloneOf = oncePer((users: Users) => users.map(({ storedBytes }) => storedBytes))

const byEmail = ({ users }: UserSnapshot): Compare => {
  const { email, id } = columnsOf(users)
  return (a, b) => byText(email[a] ?? '', email[b] ?? '') || byText(id[a] ?? '', id[b] ?? '')
}

/** Users of unknown size stand last, whichever way the list is sorted. */
const bySize = (bytes: (bigint | null)[], way: 1 | -1, next: Compare): Compare => {
  return (a, b) => {
    const [left, right] = [bytes[a] ?? null, bytes[b] ?? null]
    if (left === right) return next(a, b)
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -way : way
  }
}

export const compareUsers = (users: UserSnapshot, buckets: BucketSnapshot | null, sort: UserSort): Compare => {
  const { id, state } = columnsOf(users.users)
  const email = byEmail(users)
  switch (sort) {
    case 'id':
      return (a, b) => byText(id[a] ?? '', id[b] ?? '')
    case '-id':
      return (a, b) => byText(id[b] ?? '', id[a] ?? '')
    case 'state':
      return (a, b) => byText(state[a] ?? '', state[b] ?? '') || email(a, b)
    case '-state':
      return (a, b) => byText(state[b] ?? '', state[a] ?? '') || email(a, b)
    case 'storedBytes':
      return bySize(storedBytesOf(users, buckets), 1, email)
    case '-storedBytes':
      return bySize(storedBytesOf(users, buckets), -1, email)
    default:
      return sort === 'email' ? email : (a, b) => email(b, a)
  }
}

const ordersOf = oncePer<Users, Map<UserSort, { byOwner: ByOwner | undefined; order: Uint32Array }>>(() => new Map())

/** The whole list in order, sorted at most once for each pair of lists. */
export const orderOfUsers = (users: UserSnapshot, buckets: BucketSnapshot | null, sort: UserSort): Uint32Array => {
  const orders = ordersOf(users.users)
  const known = orders.get(sort)
  if (known && (known.byOwner === buckets?.byOwner || !sort.endsWith('storedBytes'))) return known.order
  const order = sorted(users.users.length, compareUsers(users, buckets, sort))
  orders.set(sort, { byOwner: buckets?.byOwner, order })
  return order
}

/** Part of an e-mail in any letter case, the start of an id, or an access key id, which starts with the user's id. */
export const userMatcher = (users: UserSnapshot, search: string): ((index: number) => boolean) => {
  const { email, id } = columnsOf(users.users)
  const text = search.toLowerCase()
  const keyOwner = /^[0-9a-f]{16}[0-9a-z]{1,}$/.test(text) ? text.slice(0, 16) : undefined
  return (index) =>
    (email[index] ?? '').includes(text) || (id[index] ?? '').startsWith(text) || (id[index] ?? '') === keyOwner
}
