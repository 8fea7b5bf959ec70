import type { OverDefault } from '@ostor-console/shared/quotas'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'
import { createDirectory } from '../../adapters/gateway/directory.ts'
import { overDefault } from './over-default.ts'

const GB = 10n ** 9n
const GIB = 2n ** 30n

/** By version: from 6.2 a gateway lists sizes of users, before only those of buckets. */
describe.each(['7.3', '5.4'])('who is over a default quota, at a gateway of version %s', (version) => {
  test.each(['user', 'bucket'] as const)('by the true size of each %s, for both sizes of a GB', async (of) => {
    const { ask, oracle } = await desk({ users: 30, buckets: 120, version })
    const sizeOf = (bucket: string) => BigInt(oracle.size(bucket)?.current ?? 0)
    const sizes =
      of === 'bucket'
        ? oracle.buckets().map((name) => ({ id: name, bytes: sizeOf(name) }))
        : oracle.users().map(({ id }) => ({
            id,
            bytes: oracle.buckets(id).reduce((sum, name) => sum + sizeOf(name), 0n),
          }))
    const ranked = sizes.toSorted((a, b) => Number(b.bytes - a.bytes))
    // Just what the fourteenth stores, so that the two sizes of a GB differ.
    const size = Number((ranked[13]?.bytes ?? 0n) / GB)
    expect(size).toBeGreaterThan(0)
    const over = (unit: bigint) => sizes.filter(({ bytes }) => bytes > BigInt(size) * unit).length

    const { body } = await ask<OverDefault>('GET', `/quotas/defaults/${of}/over?size=${size}`)
    expect(body).toMatchObject({
      size,
      total: sizes.length,
      unknown: 0,
      over: [
        { bytesPerGb: '1000000000', count: over(GB) },
        { bytesPerGb: '1073741824', count: over(GIB) },
      ],
      freshness: { staleReason: null },
    })
    expect(over(GB)).toBeGreaterThanOrEqual(14)
    expect(body.largest.map(({ id, storedBytes }) => ({ id, bytes: BigInt(storedBytes) }))).toEqual(ranked.slice(0, 10))
  })
})

test('who has no size that is known is counted as such and not as small', async () => {
  const directory = createDirectory({
    listUsers: async () => ({
      sized: false,
      users: ['a', 'b'].map((id) => ({
        id,
        email: `${id}@example.com`,
        state: 'enabled',
        flags: [],
        ownerId: null,
        storedBytes: id === 'a' ? 5n * GIB : null,
      })),
    }),
    listBuckets: () => Promise.reject(new Error('the list of buckets does not come')),
  })
  expect(await overDefault(directory, 'user', 4)).toMatchObject({
    total: 2,
    unknown: 1,
    over: [{ count: 1 }, { count: 1 }],
    largest: [{ id: 'a', label: 'a@example.com' }],
  })
})

test.each(['0', '-1', '1.5', 'many', '1000000001', ''])('a size of %j is refused', async (size) => {
  const { ask } = await desk()
  expect((await ask('GET', `/quotas/defaults/user/over?size=${size}`)).status).toBe(400)
})
