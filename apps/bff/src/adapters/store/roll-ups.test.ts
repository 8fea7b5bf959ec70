import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { rollUpsOf } from './roll-ups.ts'
import { statisticsOf } from './statistics.ts'
import type { Store } from './store.ts'
import { usageOf } from './usage.ts'

const UNTIL = new Date('2026-11-05T00:00:00Z')
const DAYS = ['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-03']

/** One object of ten bytes on each day. */
const fill = async (store: Store) => {
  const statistics = statisticsOf(store)
  const starts = DAYS.map((day) => new Date(`${day}T10:00:00Z`))
  const objects = starts.map((startedAt) => ({
    name: `s3-usage-8000000000000065-${startedAt.toISOString()}-1800`,
    startedAt,
    serviceId: '8000000000000065',
    nominalSeconds: 1800,
    fault: null,
  }))
  await statistics.recordListing('demo', { objects, at: UNTIL, coversUntil: UNTIL, isWhole: true })
  const counts = { putOps: 1n, getOps: 0n, listOps: 0n, otherOps: 0n, uploadedBytes: 10n, downloadedBytes: 0n }
  const rows = [{ bucket: 'a', userId: 'u', epoch: 1n, tag: '', ...counts }]
  for (const { name, startedAt } of objects) {
    const objectNo = (await statistics.find('demo', name))?.objectNo ?? 0n
    const read = { name, objectNo, startedAt, at: UNTIL, unchangedSince: UNTIL, dueAt: null }
    const said = { periodSeconds: 1800, formatVersion: 1, sha256: 'hash', isClosed: true }
    await statistics.save('demo', [{ kind: 'stored', ...read, ...said, content: { body: new Uint8Array([1]), rows } }])
  }
}

const startsIn = async ({ db }: Store, table: 'usage_user_days' | 'usage_user_months') => {
  const rows = await db.selectFrom(table).select('starts_at').orderBy('starts_at').execute()
  return rows.map(({ starts_at }) => starts_at.toISOString().slice(0, 10))
}

const bytesIn = async (store: Store) => {
  const range = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') }
  return usageOf(store).reading('demo', range, async (reading) => {
    const { items } = await reading.ranking({ by: 'user', metric: 'traffic', limit: 1 })
    return items[0]?.uploadedBytes
  })
}

describe.each(ENGINES)('roll-ups on %s', (engine) => {
  test('leave days that are still to be read, and months that hold one, and figures are whole all the time', async () => {
    const store = await emptyStore(engine)
    const rollUps = rollUpsOf(store)
    await fill(store)
    expect(await bytesIn(store)).toBe(40n)

    await rollUps.refresh('demo', UNTIL, new Date('2026-11-02T00:00:00Z'))
    expect(await startsIn(store, 'usage_user_days')).toEqual(['2026-11-02', '2026-11-03'])
    expect(await startsIn(store, 'usage_user_months')).toEqual([])
    expect(await bytesIn(store)).toBe(40n)

    await rollUps.refresh('demo', UNTIL, new Date('2026-11-01T00:00:00Z'))
    expect(await startsIn(store, 'usage_user_months')).toEqual(['2026-11-01'])
    expect(await bytesIn(store)).toBe(40n)

    await rollUps.refresh('demo', UNTIL)
    expect(await startsIn(store, 'usage_user_days')).toEqual(DAYS)
    expect(await startsIn(store, 'usage_user_months')).toEqual(['2026-10-01', '2026-11-01'])
    expect(await bytesIn(store)).toBe(40n)
  })
})
