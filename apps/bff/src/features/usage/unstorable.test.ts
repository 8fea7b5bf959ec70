import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bodyOf, gatewayWithStatistics, objectsIn } from '../../../test/collecting.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'

describe.each(ENGINES)('an object that the store could not hold, on %s', (engine) => {
  const START = '2026-11-04T11:10:00.000Z'
  // Not to be made shorter by any compression.
  const long = Array.from({ length: 100 }, (_, at) => createHash('sha256').update(String(at)).digest('hex')).join('')
  test.each([
    ['a version past 32 bits', bodyOf(START).replace('"fmt_version":1', '"fmt_version":4294967296'), 'closed'],
    ['a bucket that no index takes', bodyOf(START, { bucket: long }), 'quarantined'],
    ['a user that no index takes', bodyOf(START, { userId: long }), 'quarantined'],
  ])('with %s holds up no other', async (_, body, state) => {
    const { collector, control } = await gatewayWithStatistics({ since: '2026-11-04T10:30:00Z' })
    const store = await emptyStore(engine)
    const collecting = collector(store)
    const name = `s3-usage-8000000000000065-${START}-1800`
    control.statistics.plant(name, body)
    for (let round = 1; round <= 5; round += 1) {
      await collecting.round()
      control.clock.advance(480_000)
    }
    const objects = await objectsIn(store)
    expect(objects.get(name)?.state).toBe(state)
    expect([...objects.values()].filter(({ sha256 }) => sha256 === null).map((one) => one.name)).toEqual(
      state === 'closed' ? [] : [name],
    )
  })
})
