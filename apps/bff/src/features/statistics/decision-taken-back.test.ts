import { describe, expect, test } from 'vitest'
import { bodyOf, objectsIn } from '../../../test/collecting.ts'
import { breakBody, OLD, OPEN, planted, quarantinedWithRows, TRUE_START } from '../../../test/planted.ts'
import { ENGINES } from '../../../test/stores.ts'

describe.each(ENGINES)('taking back a decision about an object on %s', (engine) => {
  test('leaves it to the collector, which judges it by its name again', async () => {
    const { decide, lost, store, control, collector, name } = await planted(engine, OLD, bodyOf(TRUE_START))
    await decide('assign', TRUE_START)
    await decide('withdraw')
    await collector.round()
    expect((await objectsIn(store)).get(name)).toMatchObject({
      state: 'quarantined',
      due_at: null,
      reason: expect.stringContaining('1970'),
    })
    expect(await lost()).toBe(0n)

    await decide('exclude')
    await decide('withdraw')
    control.statistics.remove(name)
    await collector.round()
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'gone' })
  })

  test('of leaving it out has it counted again once it can be read', async () => {
    const { decide, lost, store, control, collector, name } = await quarantinedWithRows(engine)
    await decide('exclude')
    expect(await lost()).toBe(0n)
    control.statistics.plant(name, bodyOf(OPEN, { uploaded: '1500' }))
    await decide('withdraw')
    await collector.round()
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'open', reason: null })
    expect(await lost()).toBe(1500n)
  })

  test('is refused where the gateway has nothing to count it from again', async () => {
    const { decide, lost, store, control, name } = await planted(engine, OLD)
    await decide('assign', TRUE_START)
    const before = (await objectsIn(store)).get(name)
    control.statistics.remove(name)
    const refused = await decide('withdraw')
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('could not be counted again')
    expect((await objectsIn(store)).get(name)).toEqual(before)
    expect(await lost()).toBe(1000n)

    const fault = control.faults.add({ service: 'ostor-usage', parameters: { obj: null }, reset: 'before' })
    expect((await decide('withdraw')).status).toBe(503)
    expect(await lost()).toBe(1000n)
    control.faults.clear(fault)
    control.statistics.restore(name)
    expect((await decide('withdraw')).body).toMatchObject({ state: 'quarantined', decision: null })
  })

  test('is refused where what the gateway has cannot be counted again', async () => {
    const here = await planted(engine, OLD)
    const { decide, lost, store, control, name } = here
    await decide('assign', OPEN)
    const refuses = async () => {
      const before = (await objectsIn(store)).get(name)
      const refused = await decide('withdraw')
      expect(refused.status).toBe(409)
      expect(refused.text).toContain('could not be counted again')
      expect((await objectsIn(store)).get(name)).toEqual(before)
      expect(await lost()).toBe(1000n)
    }
    control.statistics.plant(name, bodyOf(OLD).slice(0, 120))
    await refuses()
    await breakBody(here)
    await refuses()
    control.statistics.plant(name, bodyOf(OLD, { uploaded: '1000' }))
    expect((await decide('withdraw')).body).toMatchObject({ state: 'quarantined', decision: null })
  })

  test('of leaving it out is done whatever the gateway has of it', async () => {
    const { decide, store, control, collector, name, signIn } = await planted(engine, OLD)
    await decide('exclude')
    const fault = control.faults.add({ service: 'ostor-usage', parameters: { obj: null }, reset: 'before' })
    expect((await decide('withdraw')).body).toMatchObject({ state: 'quarantined', decision: null })
    control.faults.clear(fault)

    await decide('exclude')
    control.statistics.remove(name)
    control.clock.advance(3_600_000)
    await collector.round()
    await signIn()
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: 'gone' })
    expect((await decide('withdraw')).body).toMatchObject({ decision: null })
  })
})
