import { describe, expect, test } from 'vitest'
import { bodyOf, gatewayWithStatistics, objectsIn, totalsIn } from '../../../test/collecting.ts'
import { OPEN, planted } from '../../../test/planted.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'

const HOUR = 3_600_000
const START = '2026-11-04T11:10:00.000Z'
const NAME = `s3-usage-8000000000000065-${START}-1800`
const FULL = bodyOf(START, { uploaded: '1000', get: '9' })
const EMPTY = FULL.replace(/"nr_items":1,.*/, '"nr_items":0,"items":[]}')

describe.each(ENGINES)('an object that tells less than it told before, on %s', (engine) => {
  test.each([
    ['fewer bytes', bodyOf(START, { uploaded: '400', get: '9' })],
    ['fewer operations, though more bytes', bodyOf(START, { uploaded: '2000', get: '8' })],
    ['no items', EMPTY],
  ])('with %s goes to the quarantine, and what it told before stays until it tells as much again', async (_, less) => {
    const { collector, control } = await gatewayWithStatistics({ since: '2026-11-04T11:00:00Z' })
    const store = await emptyStore(engine)
    const collecting = collector(store)
    const extra = async () => (await totalsIn(store)).uploaded - control.oracle.usage().uploaded
    const readAnHourLater = async (body: string) => {
      control.statistics.plant(NAME, body)
      control.clock.advance(HOUR)
      await collecting.round()
      return (await objectsIn(store)).get(NAME)
    }
    const before = await readAnHourLater(FULL)
    expect(before).toMatchObject({ state: 'open', reason: null })
    for (let hour = 0; hour < 2; hour += 1) {
      const { sha256, body } = before ?? {}
      const reason = expect.stringContaining('tells less')
      expect(await readAnHourLater(less)).toMatchObject({ state: 'quarantined', reason, item_count: 1, sha256, body })
      expect(await extra()).toBe(1000n)
    }

    const more = await readAnHourLater(bodyOf(START, { uploaded: '1001', get: '9' }))
    expect(more).toMatchObject({ state: 'open', reason: null })
    expect(await extra()).toBe(1001n)
  })

  test('counts as it is when an admin decides so, and is compared anew after that', async () => {
    const { decide, lost, store, control, collector, name, signIn } = await planted(
      engine,
      OPEN,
      bodyOf(OPEN, { uploaded: '1000' }),
    )
    const read = async (uploaded: string) => {
      control.statistics.plant(name, bodyOf(OPEN, { uploaded }))
      control.clock.advance(HOUR)
      await collector.round()
      await signIn()
      return (await objectsIn(store)).get(name)
    }
    expect(await read('400')).toMatchObject({ state: 'quarantined' })
    expect((await decide('count')).body).toMatchObject({
      decision: 'count',
      state: expect.stringMatching('open|closed'),
    })
    expect(await lost()).toBe(400n)
    expect(await read('500')).toMatchObject({ state: 'open' })
    expect(await read('300')).toMatchObject({ state: 'quarantined', item_count: 1 })
    expect(await lost()).toBe(500n)
  })
})
