import type { USER_SORTS, UserPage } from '@ostor-console/shared/users'
import type { BucketSnapshot, UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayUser } from '../../adapters/gateway/gateway.ts'
import { oncePer } from '../../lists/once-per.ts'
import { bySize, byText, type Compare, sorted } from '../../lists/page.ts'
import type { QuotaReading, QuotasByUser } from '../../lists/quotas.ts'
import { storedIn } from '../../lists/stored-bytes.ts'

/** `buckets` is `null` while their list cannot be read. */
export type Lists = { users: UserSnapshot; buckets: BucketSnapshot | null; quotas: QuotasByUser }

export type UserSort = (typeof USER_SORTS)[number]

/** Sizes of one user; `null` is unknown, which is not 0. */
export const sizesOf = (user: GatewayUser, buckets: Pick<BucketSnapshot, 'byOwner'> | null) => {
  const owned = buckets ? (buckets.byOwner.get(user.id) ?? []) : null
  return { storedBytes: user.storedBytes ?? (owned && storedIn(owned)), bucketCount: owned && owned.length }
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

const usesOf = oncePer((bytes: readonly (bigint | null)[]) =>
  oncePer((users: Users) =>
    oncePer(({ byUser, bytesPerTold }: QuotasByUser) =>
      users.map(({ id }, index) => {
        const [stored = null, told = 0n] = [bytes[index], byUser.get(id)?.told]
        return stored === null || told === 0n || bytesPerTold === null ? null : Number(stored) / Number(told)
      }),
    ),
  ),
)

/**
 * Stored bytes for each that the gateway tells, by index: it counts the same for all, so the order needs no unit. `null`
 * for whoever has no quota, and where something of it is not known.
 */
const quotaUsesOf = ({ users, buckets, quotas }: Lists): (number | null)[] =>
  usesOf(storedBytesOf(users, buckets))(users.users)(quotas)

const NEARLY = 0.9

const countsOfQuotas = oncePer((uses: readonly (number | null)[]) =>
  oncePer((users: Users) =>
    oncePer(({ byUser, bytesPerTold }: QuotasByUser) => {
      const [least = 0, most = least] = bytesPerTold ?? []
      const counts = { known: 0, nearlyUsed: 0, mayBeNearlyUsed: 0 }
      const lacks = { told: false, unit: false, size: false }
      let oldest: Date | null = null
      for (const [index, { id }] of users.entries()) {
        const quota = byUser.get(id)
        const use = uses[index] ?? null
        if (!quota || (quota.told !== 0n && use === null)) {
          lacks[quota ? (bytesPerTold === null ? 'unit' : 'size') : 'told'] = true
          continue
        }
        counts.known += 1
        if (oldest === null || quota.readAt < oldest) oldest = quota.readAt
        if (use !== null && use >= NEARLY * least) counts.mayBeNearlyUsed += 1
        if (use !== null && use >= NEARLY * most) counts.nearlyUsed += 1
      }
      return { ...counts, lacks, asOf: oldest === null ? null : oldest.toISOString() }
    }),
  ),
)

/** Of how many users the use of the quota is known, how old that is, and how many have, or may have, used nine tenths. */
export const quotaCountsOf = (lists: Lists, reading: QuotaReading): UserPage['summary']['quotas'] => {
  const { lacks, ...counts } = countsOfQuotas(quotaUsesOf(lists))(lists.users.users)(lists.quotas)
  return { ...counts, lacking: lackingOf(lacks, reading) }
}

/** What will not come by itself goes before what takes its time. */
const lackingOf = (lacks: Record<'told' | 'unit' | 'size', boolean>, reading: QuotaReading) => {
  if (lacks.told && reading !== 'reading') return reading
  if (lacks.unit) return 'unit'
  if (lacks.told) return 'reading'
  return lacks.size ? 'size' : null
}

const byEmail = ({ users }: UserSnapshot): Compare => {
  const { email, id } = columnsOf(users)
  return (a, b) => byText(email[a] ?? '', email[b] ?? '') || byText(id[a] ?? '', id[b] ?? '')
}

export const compareUsers = (lists: Lists, sort: UserSort): Compare => {
  const { users, buckets } = lists
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
    case 'quotaUse':
      return bySize(quotaUsesOf(lists), 1, email)
    case '-quotaUse':
      return bySize(quotaUsesOf(lists), -1, email)
    default:
      return sort === 'email' ? email : (a, b) => email(b, a)
  }
}

type Order = { byOwner: ByOwner | undefined; quotas: QuotasByUser; order: Uint32Array }

const ordersOf = oncePer<Users, Map<UserSort, Order>>(() => new Map())

/** Sorts that look at the buckets, or at the quotas, so that new ones of those are another order. */
const OF_BUCKETS = /storedBytes$|buckets$|quotaUse$/
const OF_QUOTAS = /quotaUse$/

/** The whole list in order, sorted at most once for what it is made of. */
export const orderOfUsers = (lists: Lists, sort: UserSort): Uint32Array => {
  const { users, buckets, quotas } = lists
  const orders = ordersOf(users.users)
  const known = orders.get(sort)
  const isSame =
    known &&
    (known.byOwner === buckets?.byOwner || !OF_BUCKETS.test(sort)) &&
    (known.quotas === quotas || !OF_QUOTAS.test(sort))
  if (isSame) return known.order
  const order = sorted(users.users.length, compareUsers(lists, sort))
  orders.set(sort, { byOwner: buckets?.byOwner, quotas, order })
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
