import type { StorageGrowth } from '@ostor-console/shared/storage'
import { describe, expect, test } from 'vitest'
import { ENGINES, type EngineName, emptyStore } from '../../../test/stores.ts'
import { storageOf } from '../../adapters/store/storage.ts'
import type { SizedBucket } from '../../adapters/store/storage-run.ts'
import { growthOf, growthRange } from './growth.ts'

const NOW = new Date('2026-11-30T12:10:00Z')
const DAY_MS = 86_400_000
const LAST_HOUR = new Date('2026-11-30T12:00:00Z').getTime()

const bucketOf = (name: string, bytes: bigint, epoch = 1n): SizedBucket => ({
  name,
  ownerId: 'owner',
  createdAt: new Date('2026-01-01T00:00:00Z'),
  epoch,
  storedBytes: bytes,
  byteHours: 0n,
})

/** An integral only grows, by more than any size here in any time. */
const integralAt = (daysAgo: number): bigint => BigInt(100_000 - daysAgo * 1000) * 2n ** 70n

/** Each run lies so many days before the last full hour. */
const sampled = async (engine: EngineName, ...runs: [daysAgo: number, ...buckets: SizedBucket[]][]) => {
  const storage = storageOf(await emptyStore(engine))
  for (const [daysAgo, ...buckets] of runs)
    await storage.record(
      'demo',
      new Date(LAST_HOUR - daysAgo * DAY_MS),
      buckets.map((bucket) => ({ ...bucket, byteHours: integralAt(daysAgo) })),
    )
  return async (kind: 'user' | 'bucket' | 'cluster', id: string): Promise<StorageGrowth> => {
    const range = growthRange(NOW)
    return growthOf(await storage.history('demo', { kind, id }, range.from, range.to), range, kind === 'bucket')
  }
}

describe.each(ENGINES)('growth on %s', (engine) => {
  test('is from the first to the last sample of thirty days, exact, of a bucket, its owner and all', async () => {
    const large = 2n ** 60n
    const growth = await sampled(
      engine,
      [40, bucketOf('a', 1n)],
      [29, bucketOf('a', large)],
      [10, bucketOf('a', 5n), bucketOf('b', 7n)],
      [0, bucketOf('a', large + 3n), bucketOf('b', 7n)],
    )
    const [from, to] = [29, 0].map((days) => new Date(LAST_HOUR - days * DAY_MS).toISOString())
    expect(await growth('bucket', 'a')).toMatchObject({
      storedBytes: String(large + 3n),
      growth: { from, to, bytes: '3' },
      source: { sampledAt: to, staleSince: null, coverage: 'partial' },
    })
    for (const [kind, id] of [
      ['user', 'owner'],
      ['cluster', ''],
    ] as const)
      expect((await growth(kind, id)).growth?.bytes).toBe('10')
  })

  test('is not told from less than a week', async () => {
    const growth = await sampled(engine, [6.9, bucketOf('a', 1n)], [0, bucketOf('a', 100n)])
    expect(await growth('bucket', 'a')).toMatchObject({ storedBytes: '100', growth: null, daysNeeded: 7 })
  })

  test('is below 0 when it shrank, and nothing is a size that is known', async () => {
    const growth = await sampled(engine, [20, bucketOf('a', 10n)], [0])
    expect(await growth('user', 'owner')).toMatchObject({ storedBytes: '0', growth: { bytes: '-10' } })
    expect(await growth('user', 'nobody')).toMatchObject({ storedBytes: '0', growth: { bytes: '0' } })
  })

  test('does not mix the lives of a bucket, and of one that is gone there is no size', async () => {
    const growth = await sampled(
      engine,
      [20, bucketOf('a', 10n), bucketOf('b', 5n)],
      [3, bucketOf('a', 1n, 2n), bucketOf('b', 5n)],
      [0, bucketOf('a', 900n, 2n)],
    )
    expect(await growth('bucket', 'a')).toMatchObject({ storedBytes: '900', growth: null })
    expect(await growth('bucket', 'b')).toMatchObject({ storedBytes: null })
  })

  test('of what was never sampled nothing is known', async () => {
    const growth = await sampled(engine)
    expect(await growth('user', 'owner')).toMatchObject({
      storedBytes: null,
      growth: null,
      source: { coverage: 'unknown', sampledAt: null },
    })
  })
})
