import { describe, expect, test } from 'vitest'
import { bucketSnapshot, gatewayBucket, gatewayUser, idOf, userSnapshot } from '../../../test/snapshots.ts'
import { listBuckets } from './bucket-list.ts'

const users = userSnapshot([gatewayUser(1, { email: 'zoe@example.com' }), gatewayUser(2, { email: 'Ana@example.com' })])
const buckets = bucketSnapshot([
  gatewayBucket('photos', idOf(1), { storedBytes: 5n, createdAt: new Date('2026-03-01T00:00:00Z') }),
  gatewayBucket('A_B', idOf(2), { storedBytes: null, createdAt: null }),
  gatewayBucket('backup', idOf(9), { storedBytes: 2n ** 60n, createdAt: new Date('2026-02-01T00:00:00Z') }),
])

const names = (query: Parameters<typeof listBuckets>[2]) =>
  listBuckets(buckets, users, query).items.map(({ name }) => name)

describe('the list of buckets', () => {
  test('names the owner of each bucket, and no e-mail for an owner who is not in the list', () => {
    expect(listBuckets(buckets, users, {}).items).toMatchObject([
      { name: 'A_B', ownerEmail: 'Ana@example.com', storedBytes: null, createdAt: null },
      { name: 'backup', ownerEmail: null, ownerId: idOf(9), storedBytes: '1152921504606846976' },
      { name: 'photos', ownerEmail: 'zoe@example.com', createdAt: '2026-03-01T00:00:00.000Z' },
    ])
  })

  test.each([
    ['name', ['A_B', 'backup', 'photos']],
    ['-name', ['photos', 'backup', 'A_B']],
    ['owner', ['A_B', 'photos', 'backup']],
    ['-owner', ['backup', 'photos', 'A_B']],
    ['storedBytes', ['photos', 'backup', 'A_B']],
    ['-storedBytes', ['backup', 'photos', 'A_B']],
    ['createdAt', ['backup', 'photos', 'A_B']],
    ['-createdAt', ['photos', 'backup', 'A_B']],
  ] as const)('is sorted by %s, with what is unknown last', (sort, expected) => {
    expect(names({ sort })).toEqual(expected)
  })

  test.each([
    ['PHOTO', ['photos']],
    ['a_', ['A_B']],
    ['ana@', ['A_B']],
    [idOf(1), ['photos']],
    [idOf(9), ['backup']],
    ['nothing', []],
  ])('is searched by name, owner e-mail and owner id: %j', (search, expected) => {
    expect(names({ search })).toEqual(expected)
  })

  test('is filtered by owner, while the summary stays that of all buckets', () => {
    expect(listBuckets(buckets, users, { ownerId: idOf(1) })).toMatchObject({
      items: [{ name: 'photos' }],
      matching: 1,
      summary: { total: 3, storedBytes: null },
    })
    expect(names({ ownerId: idOf(1), search: 'backup' })).toEqual([])
    expect(names({ ownerId: '__proto__' })).toEqual([])
  })
})
