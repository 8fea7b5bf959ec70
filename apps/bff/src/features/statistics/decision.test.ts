import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { bodyOf, objectsIn } from '../../../test/collecting.ts'
import { breakBody, GATEWAY, OLD, OPEN, planted, quarantinedWithRows, TRUE_START } from '../../../test/planted.ts'
import { ENGINES } from '../../../test/stores.ts'
import { statisticsOf } from '../../adapters/store/statistics.ts'
import { statisticsDecisionsOf } from '../../adapters/store/statistics-decisions.ts'

describe.each(ENGINES)('a decision about an object that cannot be true on %s', (engine) => {
  test('counts it from the time that it is given, and takes it back without a trace in the sums', async () => {
    const { decide, lost } = await planted(engine, OLD)
    expect(await lost()).toBe(0n)
    expect((await decide('assign', TRUE_START)).body).toMatchObject({
      startedAt: TRUE_START,
      decision: 'assign',
      decidedBy: 'admin@example.com',
      reason: expect.stringContaining('1970'),
    })
    expect(await lost()).toBe(1000n)
    expect((await decide('withdraw')).body).toMatchObject({ state: 'quarantined', decision: null })
    expect(await lost()).toBe(0n)
  })

  test('leaves it out, also when the gateway lists it again', async () => {
    const { decide, lost, collector, control } = await planted(engine, OLD)
    expect((await decide('exclude')).body).toMatchObject({ state: 'excluded', decision: 'exclude' })
    control.clock.advance(600_000)
    await collector.round()
    expect(await lost()).toBe(0n)
  })

  test('cannot count what has no true date, what is gone, or what is not in quarantine', async () => {
    const { decide, control, name } = await planted(engine, OLD)
    expect((await decide('count')).status).toBe(409)
    expect((await decide('assign', '2009-01-01T00:00:00Z')).status).toBe(400)
    expect((await decide('assign')).status).toBe(400)
    control.statistics.remove(name)
    const gone = await decide('assign', TRUE_START)
    expect(gone.status).toBe(409)
    expect(gone.text).toContain('no longer has it')
  })

  test('that cannot be carried out leaves everything as it was, and what was counted stays counted', async () => {
    const { decide, lost, store, control, collector, name } = await quarantinedWithRows(engine)
    const fails = async (status: number, decision: string, startedAt?: string) => {
      const before = (await objectsIn(store)).get(name)
      expect((await decide(decision, startedAt)).status).toBe(status)
      expect((await objectsIn(store)).get(name)).toEqual(before)
      expect(await store.db.selectFrom('statistics_decisions').selectAll().execute()).toEqual([])
      expect(await lost()).toBe(1000n)
    }
    await fails(409, 'count')
    await fails(409, 'assign', TRUE_START)
    const fault = control.faults.add({ service: 'ostor-usage', parameters: { obj: null }, reset: 'before' })
    await fails(503, 'count')
    control.faults.clear(fault)
    control.statistics.remove(name)
    await fails(409, 'count')

    control.statistics.restore(name)
    control.statistics.plant(name, bodyOf(OPEN, { uploaded: '1500' }))
    control.clock.advance(3_600_000)
    await collector.round()
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'open', reason: null })
    expect(await lost()).toBe(1500n)
  })

  test('that cannot be carried out leaves the decision before it', async () => {
    const here = await planted(engine, OLD)
    const { decide, name, store } = here
    await decide('assign', OPEN)
    await breakBody(here)
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'quarantined', item_count: 1 })
    expect((await decide('count')).status).toBe(409)
    expect(await store.db.selectFrom('statistics_decisions').select(['decision', 'assigned_at']).execute()).toEqual([
      { decision: 'assign', assigned_at: new Date(OPEN) },
    ])
  })

  test('stands against a reading that began before it', async () => {
    const { decide, store, collector, control, name, signIn } = await planted(engine, OLD)
    const { save } = statisticsOf(store)
    await decide('assign', TRUE_START)
    control.clock.advance(600_000)
    await signIn()
    const asItWas = await collector.readAs(name, new Date(TRUE_START))
    if (asItWas?.kind !== 'stored') throw new Error('it cannot be read')
    await decide('withdraw')
    const { content: _, ...unchanged } = asItWas
    await save('demo', [unchanged])
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'quarantined', sha256: null, item_count: null })

    await decide('exclude')
    const later = { name, at: asItWas.at, dueAt: asItWas.at, tries: 6 }
    await save('demo', [{ ...later, kind: 'quarantined', reason: 'It could not be read.' }])
    await save('demo', [{ ...later, kind: 'retry' }])
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'excluded', due_at: null })
    await save('demo', [{ kind: 'gone', name, at: later.at }])
    await save('demo', [{ ...later, kind: 'retry' }])
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'gone', due_at: null })
  })

  test('is not stored without its reading, which a later one came before', async () => {
    const { store, collector, control, name } = await quarantinedWithRows(engine)
    control.statistics.plant(name, bodyOf(OPEN, { uploaded: '1500' }))
    const read = await collector.readAs(name, new Date(TRUE_START))
    if (read?.kind !== 'stored') throw new Error('it cannot be read')
    control.clock.advance(1000)
    await collector.readNow(name)
    const before = (await objectsIn(store)).get(name)
    const decided = {
      decision: 'assign',
      assignedAt: new Date(TRUE_START),
      decidedBy: 'admin',
      decidedAt: read.at,
    } as const
    await expect(statisticsDecisionsOf(store).decide('demo', name, decided, read)).rejects.toMatchObject({
      problem: { type: '/problems/changed-meanwhile' },
    })
    expect(await store.db.selectFrom('statistics_decisions').selectAll().execute()).toEqual([])
    expect((await objectsIn(store)).get(name)).toEqual(before)
  })

  test('moves rows that were counted to the time that it is given', async () => {
    const { decide, lost, store, control, name } = await quarantinedWithRows(engine)
    control.statistics.plant(name, bodyOf(OPEN, { uploaded: '1000' }))
    expect((await decide('assign', TRUE_START)).body).toMatchObject({ startedAt: TRUE_START })
    expect(await lost()).toBe(1000n)
    const { rows } = await sql<{ started_at: Date }>`select r.started_at from usage_rows as r
      join statistics_objects as o on o.object_no = r.object_no where o.name = ${name}`.execute(store.db)
    expect(rows).toEqual([{ started_at: new Date(TRUE_START) }])
  })
})

describe.each(ENGINES)('the same data under another name on %s', (engine) => {
  test('counts once, whichever came first, until an admin says that it is other data', async () => {
    const first = '2026-11-03T09:00:00.000Z'
    const second = '2026-11-03T09:00:07.000Z'
    const { decide, lost, control, collector, signIn } = await planted(
      engine,
      second,
      bodyOf(second, { uploaded: '1000' }),
    )
    expect(await lost()).toBe(1000n)
    control.statistics.plant(`s3-usage-${GATEWAY}-${first}-1800`, bodyOf(first, { uploaded: '1000' }))
    control.clock.advance(3_601_000)
    await collector.round()
    expect(await lost()).toBe(1000n)
    await signIn()
    expect((await decide('count')).body).toMatchObject({ decision: 'count' })
    expect(await lost()).toBe(2000n)
  })

  test('is other data where it only touches the time of the one before, as a clock that was set back makes it', async () => {
    const [first, second] = ['2026-11-03T09:00:00.000Z', '2026-11-03T09:29:59.000Z']
    const { lost, control, collector } = await planted(engine, second, bodyOf(second, { uploaded: '1000' }))
    control.statistics.plant(`s3-usage-${GATEWAY}-${first}-1800`, bodyOf(first, { uploaded: '1000' }))
    control.clock.advance(3_601_000)
    await collector.round()
    expect(await lost()).toBe(2000n)
  })

  test('stays left out when an admin said so, though it vanishes from a list and comes back', async () => {
    const [first, second] = ['2026-11-03T09:00:00.000Z', '2026-11-03T09:00:07.000Z']
    const body = bodyOf(second, { uploaded: '1000' })
    const { decide, lost, store, name, control, collector, signIn } = await planted(engine, second, body)
    control.statistics.plant(`s3-usage-${GATEWAY}-${first}-1800`, bodyOf(first, { uploaded: '1000' }))
    const anHourLater = () => {
      control.clock.advance(3_601_000)
      return collector.round()
    }
    await anHourLater()
    await signIn()
    expect((await decide('exclude')).body).toMatchObject({ decision: 'exclude' })
    control.statistics.remove(name)
    await anHourLater()
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'gone' })
    control.statistics.restore(name)
    await anHourLater()
    await anHourLater()
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'excluded', due_at: null })
    expect(await lost()).toBe(1000n)
  })
})
