import { describe, expect, test } from 'vitest'
import { bucketSnapshot, gatewayBucket, gatewayUser, idOf, userSnapshot } from '../../../test/snapshots.ts'
import type { ToldQuota } from '../../adapters/store/user-quotas.ts'
import type { Lists } from './user-columns.ts'
import { listUsers } from './user-list.ts'

const READ_AT = new Date('2026-11-23T10:00:00Z')
const IN_GB = [1_000_000_000, 2 ** 30]
const IN_BYTES = [1]
const sized = (n: number, storedBytes: bigint | null) => gatewayUser(n, { storedBytes })
const told = (number: number, readAt = READ_AT): ToldQuota => ({ told: BigInt(number), readAt })

const quotasOf = (bytesPerTold: number[] | null, ...known: [user: number, quota: ToldQuota][]): Lists['quotas'] => ({
  byUser: new Map(known.map(([n, quota]) => [idOf(n), quota])),
  bytesPerTold,
  meaningOf: (number) => ({ size: Number(number), isUnitKnown: bytesPerTold !== null, bytesPerGb: null }),
})

type Query = Parameters<typeof listUsers>[1]

const listOf = (
  users: Lists['users'],
  buckets: Lists['buckets'],
  query: Query,
  ownUserId: string,
  quotas: Lists['quotas'] = quotasOf(IN_GB),
  reading?: 'off' | 'failing',
) => listUsers({ users, buckets, quotas }, query, ownUserId, reading)

const emails = (...given: Parameters<typeof listOf>) => listOf(...given).items.map(({ email }) => email)

const three = userSnapshot([
  gatewayUser(0xa1, { email: 'Zoe@example.com', state: 'disabled' }),
  gatewayUser(0xb2, { email: 'ana@example.com', flags: ['system'] }),
  gatewayUser(0xa3, { email: 'Bob@other.org' }),
])

const soldTo = (n: number) =>
  Array.from({ length: 2100 }, (_, each): [number, ToldQuota] => [each, told(each === n ? 1 : 5)])

const owned = (...owners: number[]) => bucketSnapshot(owners.map((n, index) => gatewayBucket(`b${index}`, idOf(n))))

describe('the list of users', () => {
  test('is sorted by e-mail without regard to letter case when nothing else is said', () => {
    expect(emails(three, null, {}, '')).toEqual(['ana@example.com', 'Bob@other.org', 'Zoe@example.com'])
    expect(emails(three, null, { sort: '-email' }, '')).toEqual(['Zoe@example.com', 'Bob@other.org', 'ana@example.com'])
  })

  test('is sorted by id and by state', () => {
    expect(emails(three, null, { sort: 'id' }, '')).toEqual(['Zoe@example.com', 'Bob@other.org', 'ana@example.com'])
    expect(emails(three, null, { sort: 'state' }, '')).toEqual(['Zoe@example.com', 'ana@example.com', 'Bob@other.org'])
    expect(emails(three, null, { sort: '-state' }, '')[2]).toBe('Zoe@example.com')
  })

  test.each([
    ['EXAMPLE', ['ana@example.com', 'Zoe@example.com']],
    [' bob@other.org ', ['Bob@other.org']],
    ['00000000000000a', ['Bob@other.org', 'Zoe@example.com']],
    ['00000000000000A3', ['Bob@other.org']],
    ['00000000000000b2ZMDX', ['ana@example.com']],
    ['000000a3ZM', ['Bob@other.org']],
    ['0a3ZM', []],
    ['a1', ['Zoe@example.com']],
    ['nobody', []],
  ])('is searched by any part of e-mail, id or key id: %j', (search, expected) => {
    expect(emails(three, null, { search }, '')).toEqual(expected)
  })

  test('is of some users alone, within what is searched and filtered besides', () => {
    const ids = [idOf(0xa1), idOf(0xa3), 'nobody'].join('.')
    expect(emails(three, null, { ids }, '')).toEqual(['Bob@other.org', 'Zoe@example.com'])
    expect(emails(three, null, { ids, state: 'enabled' }, '')).toEqual(['Bob@other.org'])
    expect(emails(three, null, { ids, search: 'example' }, '')).toEqual(['Zoe@example.com'])
  })

  test('counts what matches on every page and sums up all users whatever the filter', () => {
    const page = listOf(three, null, { state: 'enabled', search: 'example' }, '')
    expect(page).toMatchObject({ matching: 1, page: 1, pageSize: 50, summary: { total: 3, enabled: 2, disabled: 1 } })
  })

  test('marks system users and the user of the console as protected', () => {
    const marked = listOf(three, null, {}, idOf(0xa3)).items.filter((user) => user.protected)
    expect(marked.map(({ email }) => email)).toEqual(['ana@example.com', 'Bob@other.org'])
  })

  test('shows what the gateway says about sizes, else the sum over the buckets, else that it is not known', () => {
    const users = userSnapshot([gatewayUser(1, { storedBytes: 7n }), gatewayUser(2), gatewayUser(3), gatewayUser(4)])
    const buckets = bucketSnapshot([
      gatewayBucket('one', idOf(1), { storedBytes: 99n }),
      gatewayBucket('two', idOf(2), { storedBytes: 2n ** 60n }),
      gatewayBucket('too', idOf(2), { storedBytes: 1n }),
      gatewayBucket('dim', idOf(3), { storedBytes: null }),
    ])
    const shown = (given: typeof buckets | null) =>
      listOf(users, given, { sort: 'id' }, '').items.map(({ storedBytes, bucketCount }) => [storedBytes, bucketCount])

    expect(shown(buckets)).toEqual([
      ['7', 1],
      ['1152921504606846977', 2],
      [null, 1],
      ['0', 0],
    ])
    expect(shown(null)).toEqual([
      ['7', null],
      [null, null],
      [null, null],
      [null, null],
    ])
    expect(listOf(users, buckets, {}, '').summary.storedBytes).toBeNull()
  })

  test('sums the sizes of all users once each is known', () => {
    const users = userSnapshot([gatewayUser(1, { storedBytes: 2n ** 63n }), gatewayUser(2)])
    const buckets = bucketSnapshot([gatewayBucket('two', idOf(2), { storedBytes: 5n })])
    expect(listOf(users, buckets, {}, '').summary.storedBytes).toBe('9223372036854775813')
    expect(listOf(users, null, {}, '').summary.storedBytes).toBeNull()
  })

  test('puts users of unknown size last, whichever way it is sorted', () => {
    const users = userSnapshot([
      gatewayUser(1, { storedBytes: null }),
      gatewayUser(2, { storedBytes: 9007199254740993n }),
      gatewayUser(3, { storedBytes: 9007199254740992n }),
    ])
    expect(emails(users, null, { sort: 'storedBytes' }, '')).toEqual([3, 2, 1].map((n) => `user${n}@example.com`))
    expect(emails(users, null, { sort: '-storedBytes' }, '')).toEqual([2, 3, 1].map((n) => `user${n}@example.com`))
  })

  test('sorts by new sizes as soon as there is a new bucket list, on pages far from the top too', () => {
    const users = userSnapshot(Array.from({ length: 2100 }, (_, n) => gatewayUser(n)))
    const last = (largest: number) =>
      emails(
        users,
        bucketSnapshot([gatewayBucket('b', idOf(largest), { storedBytes: 5n })]),
        { sort: 'storedBytes', page: 42, pageSize: 50 },
        '',
      ).at(-1)
    expect(last(77)).toBe('user77@example.com')
    expect(last(78)).toBe('user78@example.com')
  })

  test('is sorted by the number of buckets, from a new bucket list too, and not at all while that is unknown', () => {
    const users = userSnapshot([1, 2, 3].map((n) => gatewayUser(n)))
    const sortedBy = (sort: 'buckets' | '-buckets', buckets: ReturnType<typeof owned> | null) =>
      emails(users, buckets, { sort }, '').map((email) => Number(email[4]))
    expect(sortedBy('buckets', owned(2, 2, 3))).toEqual([1, 3, 2])
    expect(sortedBy('-buckets', owned(2, 2, 3))).toEqual([2, 3, 1])
    expect(sortedBy('-buckets', owned(1))).toEqual([1, 2, 3])
    expect(sortedBy('-buckets', null)).toEqual([1, 2, 3])
  })

  test('is sorted by use of the quota; who has none, and where it is not known, stands last both ways', () => {
    const users = userSnapshot([sized(1, 500n), sized(2, 90n), sized(3, 900n), sized(5, null), sized(6, 7n)])
    const quotas = quotasOf(IN_BYTES, [1, told(1000)], [2, told(100)], [3, told(0)], [5, told(1)])
    const by = (sort: 'quotaUse' | '-quotaUse', given = quotas) =>
      emails(users, null, { sort }, '', given).map((email) => Number(email[4]))
    expect(by('-quotaUse')).toEqual([2, 1, 3, 5, 6])
    expect(by('quotaUse')).toEqual([1, 2, 3, 5, 6])
    expect(by('-quotaUse', { ...quotas, bytesPerTold: null })).toEqual([1, 2, 3, 5, 6])
  })

  test('says of how many users the use of the quota is known, how old that is, and why not of all', () => {
    const users = userSnapshot([sized(1, 500n), sized(2, 90n), sized(3, null), sized(4, null)])
    const older = new Date(READ_AT.getTime() - 1)
    const quotas = quotasOf(IN_BYTES, [1, told(1000)], [2, told(0, older)], [3, told(5)])
    const summary = (given: Lists['quotas'], reading?: 'off' | 'failing') =>
      listOf(users, null, {}, '', given, reading).summary.quotas
    expect(summary(quotas)).toMatchObject({ known: 2, asOf: older.toISOString(), lacking: 'reading' })
    expect(summary(quotas, 'off').lacking).toBe('off')
    expect(summary({ ...quotas, bytesPerTold: null })).toMatchObject({ known: 1, lacking: 'unit' })
    expect(summary({ ...quotas, bytesPerTold: null }, 'failing').lacking).toBe('failing')
    expect(summary({ ...quotas, bytesPerTold: null }, 'off').lacking).toBe('off')
    expect(summary(quotasOf(IN_BYTES))).toMatchObject({ known: 0, asOf: null, lacking: 'reading' })
    const all = quotasOf(IN_BYTES, ...[1, 2, 3, 4].map((n): [number, ToldQuota] => [n, told(0)]))
    expect(summary(all)).toMatchObject({ known: 4, lacking: null })
    const unsized = quotasOf(IN_BYTES, ...[1, 2, 3, 4].map((n): [number, ToldQuota] => [n, told(1)]))
    expect(summary(unsized)).toMatchObject({ known: 2, lacking: 'size' })
  })

  test('counts who has used nine tenths of the quota, and who may have while a GB may have two sizes', () => {
    const GB = 1_000_000_000n
    const users = userSnapshot([899n * GB, 900n * GB, 5000n * GB, 967n * GB, null].map((each, n) => sized(n, each)))
    const sold = [0, 1, 3, 4].map((n): [number, ToldQuota] => [n, told(1000)])
    const counted = (bytes: number[]) =>
      listOf(users, null, {}, '', quotasOf(bytes, [2, told(0)], ...sold)).summary.quotas
    expect(counted(IN_GB)).toMatchObject({ known: 4, nearlyUsed: 1, mayBeNearlyUsed: 2 })
    expect(counted([1_000_000_000])).toMatchObject({ nearlyUsed: 2, mayBeNearlyUsed: 2 })
  })

  test('is sorted by new quotas as soon as they are known, on pages far from the top too', () => {
    const users = userSnapshot(Array.from({ length: 2100 }, (_, n) => gatewayUser(n, { storedBytes: 1n })))
    const last = (n: number) =>
      emails(users, null, { sort: 'quotaUse', page: 42, pageSize: 50 }, '', quotasOf(IN_GB, ...soldTo(n))).at(-1)
    expect(last(77)).toBe('user77@example.com')
    expect(last(78)).toBe('user78@example.com')
  })

  test('shows the quota of each user as it was last read, and that it was not', () => {
    const users = userSnapshot([1, 2, 3].map((n) => gatewayUser(n)))
    const readAt = READ_AT.toISOString()
    const quotas = quotasOf(null, [1, told(0)], [2, told(5)])
    expect(listOf(users, null, { sort: 'id' }, '', quotas).items.map(({ quota }) => quota)).toEqual([
      { size: 'unlimited', isUnitKnown: false, bytesPerGb: null, readAt },
      { size: 5, isUnitKnown: false, bytesPerGb: null, readAt },
      null,
    ])
  })

  test('says how old it is, and why', () => {
    expect(listOf(userSnapshot([], 'the gateway does not answer'), null, {}, '').freshness).toEqual({
      asOf: '2026-11-23T12:00:00.000Z',
      staleReason: 'the gateway does not answer',
    })
  })

  test('is as old as the older of the lists it is made of, and says why', () => {
    const old = { ...bucketSnapshot([], 'the buckets could not be read'), asOf: new Date('2026-11-23T11:00:00Z') }
    expect(listOf(userSnapshot([]), old, {}, '').freshness).toEqual({
      asOf: '2026-11-23T11:00:00.000Z',
      staleReason: 'the buckets could not be read',
    })
    expect(listOf(userSnapshot([]), bucketSnapshot([]), {}, '').freshness).toEqual({
      asOf: '2026-11-23T12:00:00.000Z',
      staleReason: null,
    })
  })

  test('treats names of built-in properties as plain text', () => {
    const users = userSnapshot([gatewayUser(1, { email: '__proto__', id: 'constructor' })])
    const buckets = bucketSnapshot([gatewayBucket('toString', 'constructor', { storedBytes: 3n })])
    expect(listOf(users, buckets, { search: '__PROTO__' }, '').items).toMatchObject([
      { id: 'constructor', storedBytes: '3', bucketCount: 1 },
    ])
  })
})
