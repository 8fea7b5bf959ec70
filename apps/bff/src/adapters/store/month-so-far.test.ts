import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { monthSoFarOf } from './month-so-far.ts'
import { storageOf } from './storage.ts'

const hour = (hours: number): Date => new Date(Date.UTC(2026, 10, 1, hours))

const bucket = (name: string, ownerId: string, storedBytes: bigint | null, byteHours: bigint | null) => ({
  name,
  ownerId,
  storedBytes,
  byteHours,
  createdAt: hour(-100),
  epoch: 1n,
})

describe.each(ENGINES)('the month so far on %s', (engine) => {
  test('counts what each user stored within it, byte-hour for byte-hour', async () => {
    const store = await emptyStore(engine)
    const large = 2n ** 61n
    const storage = storageOf(store)
    // In October, at the turn of the month, and twice in November; "late" came after it had begun.
    await storage.record('demo', hour(-10), [bucket('a', 'ada', large, 5n)])
    await storage.record('demo', hour(0), [bucket('a', 'ada', large, 5n + 10n * large), bucket('b', 'ben', 3n, 9n)])
    await storage.record('demo', hour(1), [bucket('a', 'ada', 7n, 5n + 11n * large), bucket('b', 'ben', 3n, 12n)])
    await storage.record('demo', hour(4), [bucket('a', 'ada', 7n, 26n + 11n * large), bucket('c', 'late', 1n, 2n)])
    const soFar = monthSoFarOf(store)
    const { figures, ...until } = await soFar('demo', ['ada', 'ben', 'late', 'nobody'], { from: hour(0), to: hour(5) })
    expect(until).toEqual({ trafficUntil: null, sizesUntil: hour(4) })
    expect([...figures].map(([id, { byteHours }]) => [id, byteHours])).toEqual([
      ['ada', large + 21n],
      ['ben', 3n],
      ['late', 0n],
      ['nobody', 0n],
    ])
    // No statistics object is there, and one reading of sizes says nothing about a time.
    const unknown = { byteHours: null, downloadedBytes: null, operations: null }
    expect(figures.get('ada')).toMatchObject({ downloadedBytes: null, operations: null })
    expect((await soFar('demo', ['ada'], { from: hour(4), to: hour(9) })).figures.get('ada')).toEqual(unknown)
    expect((await soFar('demo', [], { from: hour(0), to: hour(5) })).figures).toEqual(new Map())
  })

  test('does not say what a user stored while the size of one of the buckets was not told, and nobody stored 0 by it', async () => {
    const store = await emptyStore(engine)
    const { record } = storageOf(store)
    const never = bucket('never', 'cat', null, null)
    await record('demo', hour(0), [
      bucket('told', 'ada', 1n, 0n),
      bucket('a', 'ada', 5n, 0n),
      bucket('b', 'ben', 3n, 0n),
      never,
    ])
    await record('demo', hour(1), [
      bucket('told', 'ada', 1n, 1n),
      bucket('a', 'ada', null, null),
      bucket('b', 'ben', null, null),
      never,
    ])
    await record('demo', hour(2), [
      bucket('told', 'ada', 1n, 2n),
      bucket('a', 'ada', 5n, 10n),
      bucket('b', 'ben', null, null),
      never,
    ])
    const byteHours = async (to: Date) => {
      const { figures } = await monthSoFarOf(store)('demo', ['ada', 'ben', 'cat'], { from: hour(0), to })
      return ['ada', 'ben', 'cat'].map((id) => figures.get(id)?.byteHours)
    }
    expect(await byteHours(hour(1))).toEqual([null, null, null])
    expect(await byteHours(hour(2))).toEqual([12n, null, null])
  })
})
