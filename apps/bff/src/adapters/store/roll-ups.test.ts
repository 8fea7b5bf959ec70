import { problem } from '@ostor-console/shared/problem'
import { describe, expect, test } from 'vitest'
import { DAYS, LATER, readDay, someDays, UNTIL } from '../../../test/some-days.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { rollUpsOf } from './roll-ups.ts'
import type { Store } from './store.ts'
import { usageOf } from './usage.ts'

const from = (day: string): Date => new Date(`${day}T00:00:00Z`)

const bytesBy = async ({ db }: Store, table: 'usage_user_days' | 'usage_user_months') => {
  const rows = await db.selectFrom(table).select(['starts_at', 'uploaded_bytes']).orderBy('starts_at').execute()
  return Object.fromEntries(rows.map((row) => [row.starts_at.toISOString().slice(0, 10), row.uploaded_bytes]))
}

/** As a page reads them. */
const bytesIn = async (store: Store) => {
  const range = { from: from('2026-10-01'), to: from('2026-12-01') }
  return usageOf(store).reading('demo', range, async (reading) => {
    const { items } = await reading.ranking({ by: 'user', metric: 'traffic', limit: 1 })
    return items[0]?.uploadedBytes
  })
}

describe.each(ENGINES)('roll-ups on %s', (engine) => {
  test('leave days that are still to be read, and months that hold one, and figures are whole all the time', async () => {
    const store = await emptyStore(engine)
    const rollUps = rollUpsOf(store)
    await someDays(store)
    expect(await bytesIn(store)).toBe(40n)

    await rollUps.refresh('demo', { until: UNTIL, from: from('2026-11-02') })
    expect(await bytesBy(store, 'usage_user_days')).toEqual({ '2026-11-02': 10n, '2026-11-03': 10n })
    expect(await bytesBy(store, 'usage_user_months')).toEqual({})
    expect(await bytesIn(store)).toBe(40n)

    await rollUps.refresh('demo', { until: UNTIL, from: from('2026-11-01') })
    expect(await bytesBy(store, 'usage_user_months')).toEqual({ '2026-11-01': 30n })
    expect(await bytesIn(store)).toBe(40n)

    await rollUps.refresh('demo', { until: UNTIL })
    expect(await bytesBy(store, 'usage_user_days')).toEqual(Object.fromEntries(DAYS.map((day) => [day, 10n])))
    expect(await bytesBy(store, 'usage_user_months')).toEqual({ '2026-10-01': 10n, '2026-11-01': 30n })
    expect(await bytesIn(store)).toBe(40n)
  })

  test('that are older than their rows are not used, and are made again', async () => {
    const store = await emptyStore(engine)
    const rollUps = rollUpsOf(store)
    await someDays(store)
    await rollUps.refresh('demo', { until: UNTIL })

    await readDay(store, '2026-10-31', { bytes: 50n, at: LATER })
    await rollUps.refresh('demo', { until: UNTIL, from: from('2026-11-01') })
    expect((await bytesBy(store, 'usage_user_months'))['2026-10-01']).toBe(10n)
    expect(await bytesIn(store)).toBe(80n)

    await rollUps.refresh('demo', { until: UNTIL })
    expect((await bytesBy(store, 'usage_user_months'))['2026-10-01']).toBe(50n)
    expect(await bytesIn(store)).toBe(80n)
  })

  test('beside the reading give way to what others write, and to nothing else', async () => {
    const store = await emptyStore(engine)
    const failing = (cause: Error) =>
      rollUpsOf({ ...store, transaction: () => Promise.reject(problem('store-unavailable', {}, { cause })) })
    const conflict = failing(Object.assign(new Error('could not serialize access'), { code: '40001' }))
    await conflict.refreshBeside('demo', { until: UNTIL })
    await expect(conflict.refresh('demo', { until: UNTIL })).rejects.toThrow('The store of the console')
    await expect(failing(new Error('disk full')).refreshBeside('demo', { until: UNTIL })).rejects.toThrow(
      'The store of the console',
    )
  })
})
