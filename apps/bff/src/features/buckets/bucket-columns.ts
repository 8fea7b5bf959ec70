import type { BUCKET_SORTS } from '@ostor-console/shared/buckets'
import type { BucketSnapshot, UserSnapshot } from '../../adapters/gateway/directory.ts'
import { oncePer } from '../../lists/once-per.ts'
import { bySize, byText, type Compare, sorted } from '../../lists/page.ts'

export type BucketSort = (typeof BUCKET_SORTS)[number]

const NO_OWNER = -1

type Buckets = BucketSnapshot['buckets']
type Users = UserSnapshot['users']

// What searching and sorting look at, laid out once for each list and only when it is asked for.
const namesOf = oncePer((buckets: Buckets) => buckets.map(({ name }) => name.toLowerCase()))
const bytesOf = oncePer((buckets: Buckets) => buckets.map(({ storedBytes }) => storedBytes))
const timesOf = oncePer((buckets: Buckets) =>
  Float64Array.from(buckets, ({ createdAt }) => createdAt?.getTime() ?? Number.NaN),
)
const emailsOf = oncePer((users: Users) => users.map(({ email }) => email.toLowerCase()))

const indexesOf = oncePer((users: Users) => new Map(users.map(({ id }, index) => [id, index])))

/** For each bucket the index of its owner in the user list. */
const ownersOf = oncePer((buckets: Buckets) =>
  oncePer((users: Users) => {
    const indexes = indexesOf(users)
    return Int32Array.from(buckets, ({ ownerId }) => indexes.get(ownerId) ?? NO_OWNER)
  }),
)

/** For each user the place in the list by e-mail, so that a million buckets compare numbers. */
const placesOf = oncePer((users: Users) => {
  const email = emailsOf(users)
  const order = sorted(email.length, (a, b) => byText(email[a] ?? '', email[b] ?? '') || a - b)
  const places = new Uint32Array(order.length)
  order.forEach((user, place) => {
    places[user] = place
  })
  return places
})

const byOwner = (buckets: BucketSnapshot, users: UserSnapshot, way: 1 | -1, next: Compare): Compare => {
  const owners = ownersOf(buckets.buckets)(users.users)
  const places = placesOf(users.users)
  const placeOf = (bucket: number) => places[owners[bucket] ?? NO_OWNER] ?? places.length
  return (a, b) => {
    const [left, right] = [placeOf(a), placeOf(b)]
    if (left !== right) return (left - right) * way
    if (left < places.length) return next(a, b)
    return byText(buckets.buckets[a]?.ownerId ?? '', buckets.buckets[b]?.ownerId ?? '') * way || next(a, b)
  }
}

const byTime = (times: Float64Array, way: 1 | -1, next: Compare): Compare => {
  return (a, b) => {
    const [left, right] = [times[a] ?? Number.NaN, times[b] ?? Number.NaN]
    if (Number.isNaN(left) || Number.isNaN(right)) {
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || next(a, b)
    }
    return (left - right) * way || next(a, b)
  }
}

export const compareBuckets = (buckets: BucketSnapshot, users: UserSnapshot, sort: BucketSort): Compare => {
  const name = namesOf(buckets.buckets)
  const byName: Compare = (a, b) => byText(name[a] ?? '', name[b] ?? '') || a - b
  const way = sort.startsWith('-') ? -1 : 1
  switch (sort) {
    case 'owner':
    case '-owner':
      return byOwner(buckets, users, way, byName)
    case 'storedBytes':
    case '-storedBytes':
      return bySize(bytesOf(buckets.buckets), way, byName)
    case 'createdAt':
    case '-createdAt':
      return byTime(timesOf(buckets.buckets), way, byName)
    default:
      return way === 1 ? byName : (a, b) => byName(b, a)
  }
}

const ordersOf = oncePer<Buckets, Map<BucketSort, { users: Users; order: Uint32Array }>>(() => new Map())

/** The whole list in order, sorted at most once for each pair of lists. */
export const orderOfBuckets = (buckets: BucketSnapshot, users: UserSnapshot, sort: BucketSort): Uint32Array => {
  const orders = ordersOf(buckets.buckets)
  const known = orders.get(sort)
  if (known && (known.users === users.users || !sort.endsWith('owner'))) return known.order
  const order = sorted(buckets.buckets.length, compareBuckets(buckets, users, sort))
  orders.set(sort, { users: users.users, order })
  return order
}

/** Part of a name or of the owner's e-mail in any letter case, or the start of the owner's id. */
export const bucketMatcher = (
  buckets: BucketSnapshot,
  users: UserSnapshot,
  search: string,
): ((index: number) => boolean) => {
  const name = namesOf(buckets.buckets)
  const text = search.toLowerCase()
  const emails = emailsOf(users.users)
  const owners = ownersOf(buckets.buckets)(users.users)
  const wanted = Uint8Array.from(users.users, ({ id }, index) =>
    Number(emails[index]?.includes(text) === true || id.startsWith(text)),
  )
  return (index) => {
    if (name[index]?.includes(text)) return true
    const owner = owners[index] ?? NO_OWNER
    return owner === NO_OWNER ? buckets.buckets[index]?.ownerId.startsWith(text) === true : wanted[owner] === 1
  }
}
