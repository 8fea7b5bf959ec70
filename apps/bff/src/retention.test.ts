import { rm } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { bodyOf, objectsIn, totalsIn } from '../test/collecting.ts'
import { nights } from '../test/nights.ts'
import { ENGINES, type EngineName } from '../test/stores.ts'
import { auditOf } from './adapters/store/audit.ts'
import { safekeepingOf } from './adapters/store/safekeeping.ts'
import { statisticsPagesOf } from './adapters/store/statistics-pages.ts'
import { retainOnly } from './features/statistics/retention.ts'

const NIGHT = '2026-11-05T00:41:00Z'
const LATER = '2026-11-05T04:00:00Z'
// The first that end a day before LATER.
const OLD = '2026-11-04T04:00:00Z'
const START = '2026-11-04T02:30:00.000Z'
const PLANTED = `s3-usage-8000000000000065-${START}-1700`

const isOld = (name: string) => Date.parse(name.slice(26, 50)) + Number(name.slice(51)) * 1000 < Date.parse(OLD)

/** Backed up in the night, and some hours later some of what is in that backup is old enough. */
const backedUp = async (
  engine: EngineName,
  options: { days?: number | null; planted?: boolean; backs?: boolean } = {},
) => {
  const { days = 1, planted = false, backs = true } = options
  const made = await nights(engine, { retentionDays: days, backs }, { period: 1800 })
  if (planted) made.control.statistics.plant(PLANTED, bodyOf(START, { uploaded: '5' }))
  await made.collector.round()
  await made.until(NIGHT)
  await made.nightly.round()
  expect(made.deletes()).toEqual([])
  await made.until(LATER)
  const old = [...(await objectsIn(made.store)).keys()].filter(isOld).toSorted()
  expect(old.length).toBeGreaterThan(3)
  return { ...made, old, safekeeping: safekeepingOf(made.store) }
}

describe.each(ENGINES)('retention at the gateway, on %s', (engine) => {
  test('deletes what is final, backed up and old, each once, and no figure goes with it', async () => {
    const { nightly, deletes, old, store, control, audited, safekeeping } = await backedUp(engine)
    const before = await safekeeping.safeToDelete('demo')
    await nightly.round()
    expect(deletes().toSorted()).toEqual(old)
    await nightly.round()
    expect(deletes()).toHaveLength(old.length)
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
    expect(control.oracle.objects().filter(({ isDeleted }) => isDeleted)).toHaveLength(old.length)
    expect(await safekeeping.deletedSoFar('demo')).toBe(old.length)
    expect(await safekeeping.safeToDelete('demo')).toBe(before - old.length)
    expect(await audited()).toMatchObject([
      { actor: 'retention', outcome: 'done', after: { deleted: String(old.length), kept: '0' } },
    ])
  })

  test('is off unless it is asked for', async () => {
    const { nightly, deletes, safekeeping } = await backedUp(engine, { days: null })
    await nightly.round()
    expect(deletes()).toEqual([])
    expect(await safekeeping.safeToDelete('demo')).toBeGreaterThan(0)
  })

  test('deletes nothing that no backup holds, nor when the backup is no longer there', async () => {
    const without = await backedUp(engine, { backs: false })
    await without.nightly.round()
    expect(without.deletes()).toEqual([])
    expect(await without.safekeeping.safeToDelete('demo')).toBe(0)

    const { nightly, deletes, folder, log } = await backedUp(engine)
    await rm(folder, { recursive: true })
    await nightly.round()
    expect(deletes()).toEqual([])
    expect(log.at(-1)).toContain('the last backup is no longer there')
  })

  test('leaves an object that changed after it was backed up, and stores what it holds now', async () => {
    const { nightly, deletes, old, store, control } = await backedUp(engine, { planted: true })
    control.statistics.plant(PLANTED, bodyOf(START, { uploaded: '7' }))
    await nightly.round()
    expect(old).toContain(PLANTED)
    expect(deletes().toSorted()).toEqual(old.filter((name) => name !== PLANTED))
    expect((await objectsIn(store)).get(PLANTED)?.state).toBe('open')
    const rows = await store.db
      .selectFrom('usage_rows')
      .select('uploaded_bytes')
      .where('bucket', '=', 'planted')
      .execute()
    expect(rows).toEqual([{ uploaded_bytes: 7n }])
  })

  test('stops when an answer is lost, and looks before it goes on', async () => {
    const { nightly, deletes, old, store, control, audited } = await backedUp(engine)
    control.faults.add({ service: 'ostor-usage', method: 'DELETE', reset: 'before', nth: 2 })
    await nightly.round()
    expect(deletes()).toHaveLength(2)
    const [first] = deletes()
    expect(await audited()).toMatchObject([{ outcome: 'unknown', after: { deleted: '1', kept: '0' } }])
    control.clearCalls()
    await nightly.round()
    expect(deletes().toSorted()).toEqual(old.filter((name) => name !== first))
    const reads = control.calls().filter(({ method }) => method === 'GET')
    expect(reads.length).toBeGreaterThanOrEqual(2 * (old.length - 1))
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test('takes a lost answer for a deletion when the object is gone', async () => {
    const { nightly, deletes, old, control, audited } = await backedUp(engine)
    control.faults.add({ service: 'ostor-usage', method: 'DELETE', reset: 'after', nth: 1 })
    await nightly.round()
    expect(deletes().toSorted()).toEqual(old)
    expect(await audited()).toMatchObject([{ outcome: 'done', after: { deleted: String(old.length) } }])
  })

  test('sends nothing for what somebody else deleted', async () => {
    const { nightly, deletes, old, control, store, safekeeping } = await backedUp(engine)
    const [name = ''] = old
    control.statistics.remove(name)
    await nightly.round()
    expect(deletes().toSorted()).toEqual(old.slice(1))
    expect((await objectsIn(store)).get(name)?.state).toBe('gone')
    expect(await safekeeping.deletedSoFar('demo')).toBe(old.length - 1)
  })

  test('that was ended between the deletion and its record does not delete again, and knows that it was its own', async () => {
    const { nightly, deletes, old, store, safekeeping, collector, gateway, now, control } = await backedUp(engine)
    const cut = retainOnly({
      cluster: 'demo',
      days: 1,
      gateway,
      statistics: { save: () => Promise.reject(new Error('the process ends here')) },
      pages: statisticsPagesOf(store),
      safekeeping,
      collector,
      audit: auditOf(store),
      now,
      wait: async () => {},
      goesOn: () => true,
    })
    await expect(cut).rejects.toThrow('the process ends here')
    expect(deletes()).toHaveLength(1)
    await nightly.round()
    expect(deletes().toSorted()).toEqual(old)
    expect(await safekeeping.deletedSoFar('demo')).toBe(old.length)
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test('reads again what was final after one reading, before it deletes it in the next batch', async () => {
    const made = await nights(engine, { retentionDays: 1 })
    await made.until('2026-11-06T00:41:00Z')
    const once = [...(await objectsIn(made.store)).values()].filter(
      ({ state, unchanged_since, read_at }) => state === 'closed' && unchanged_since?.getTime() === read_at?.getTime(),
    )
    expect(once.length).toBeGreaterThan(3)
    await made.nightly.round()
    expect(made.deletes()).toEqual([])
    made.control.clock.advance(600_000)
    await made.nightly.round()
    expect(made.deletes()).toEqual(expect.arrayContaining(once.map(({ name }) => name)))
  })
})
