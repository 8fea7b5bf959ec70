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

const countsOf = oncePer((users: Users) =>
  oncePer((byOwner: ByOwner) => users.map(({ id }) => byOwner.get(id)?.length ?? 0)),
)

/** Stored bytes by index. */
export const storedBytesOf = ({ users }: UserSnapshot, buckets: BucketSnapshot | null): (bigint | null)[] =>
  buckets ? bytesOf(users)(buckets.byOwner) : bytesAloneOf(users)

const bytesAloneOf = oncePer((users: Users) => users.map(({ storedBytes }) => storedBytes))

const byEmail = ({ users }: UserSnapshot): Compare => {
  const { email, id } = columnsOf(users)
  return (a, b) => byText(email[a] ?? '', email[b] ?? '') || byText(id[a] ?? '', id[b] ?? '')
}

/** What is unknown stands last, whichever way the list is sorted. */
const bySize = (bytes: readonly (bigint | number | null)[], way: 1 | -1, next: Compare): Compare => {
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
    case 'buckets':
      return bySize(buckets ? countsOf(users.users)(buckets.byOwner) : [], 1, email)
    case '-buckets':
      return bySize(buckets ? countsOf(users.users)(buckets.byOwner) : [], -1, email)
    case 'storedBytes':
      return bySize(storedBytesOf(users, buckets), 1, email)
    case '-storedBytes':
      return bySize(storedBytesOf(users, buckets), -1, email)
    default:
      return sort === 'email' ? email : (a, b) => email(b, a)
  }
}

const ordersOf = oncePer<Users, Map<UserSort, { byOwner: ByOwner | undefined; order: Uint32Array }>>(() => new Map())

/** Sorts that look at the buckets, so that a new list of those is another order. */
const OF_BUCKETS = /storedBytes$|buckets$/

/** The whole list in order, sorted at most once for each pair of lists. */
export const orderOfUsers = (users: UserSnapshot, buckets: BucketSnapshot | null, sort: UserSort): Uint32Array => {
  const orders = ordersOf(users.users)
  const known = orders.get(sort)
  if (known && (known.byOwner === buckets?.byOwner || !OF_BUCKETS.test(sort))) return known.order
  const order = sorted(users.users.length, compareUsers(users, buckets, sort))
  orders.set(sort, { byOwner: buckets?.byOwner, order })
  return order
}

// With less of an id most words would be found in somebody's key.
const SHARED_AT_LEAST = 8
const PART_OF_KEY = /^[0-9a-f]{8}[0-9a-z]+$/

/** How the id of a user may end whose key has this text in it: a key id is the id of its user and some letters more. */
const endsOf = (text: string): string[] =>
  PART_OF_KEY.test(text)
    ? Array.from({ length: text.length - SHARED_AT_LEAST }, (_, more) => text.slice(0, SHARED_AT_LEAST + more))
    : []

/** Part of an e-mail or of an id in any letter case, or of an access key id as far as it shows whose it is. */
export const userMatcher = (users: UserSnapshot, search: string): ((index: number) => boolean) => {
  const { email, id } = columnsOf(users.users)
  const text = search.toLowerCase()
  const ends = endsOf(text)
  return (index) => {
    const own = id[index] ?? ''
    return (email[index] ?? '').includes(text) || own.includes(text) || ends.some((end) => own.endsWith(end))
  }
}
