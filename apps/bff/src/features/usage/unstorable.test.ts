import { describe, expect, test } from 'vitest'
import { bodyOf, gatewayWithStatistics, objectsIn } from '../../../test/collecting.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'

describe.each(ENGINES)('an object that the store could not hold, on %s', (engine) => {
  const START = '2026-11-04T11:10:00.000Z'

  test('with a version past 32 bits holds up no other', async () => {
    const { collector, control } = await gatewayWithStatistics({ since: '2026-11-04T10:30:00Z' })
    const store = await emptyStore(engine)
    const name = `s3-usage-8000000000000065-${START}-1800`
    control.statistics.plant(name, bodyOf(START).replace('"fmt_version":1', '"fmt_version":4294967296'))
    await collector(store).round()
    const objects = await objectsIn(store)
    expect(objects.get(name)).toMatchObject({ item_count: 1 })
    expect([...objects.values()].filter(({ sha256 }) => sha256 === null)).toEqual([])
  })
})
