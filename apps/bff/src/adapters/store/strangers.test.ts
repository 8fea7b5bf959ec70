import { describe, expect, test } from 'vitest'
import { DAYS, LATER, readDay, someDays, UNTIL } from '../../../test/some-days.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { rollUpsOf } from './roll-ups.ts'
import { strangersOf } from './strangers.ts'

describe.each(ENGINES)('whose history lies under the name of a bucket, on %s', (engine) => {
  test.each([
    { made: 'nothing', refreshes: [] },
    { made: 'some days', refreshes: [{ until: UNTIL, from: new Date('2026-11-02T00:00:00Z') }] },
    { made: 'all', refreshes: [{ until: UNTIL }] },
  ])('is known when $made of it is summed up', async ({ refreshes }) => {
    const store = await emptyStore(engine)
    await someDays(store)
    const others = DAYS.filter((day) => day !== '2026-11-02')
    for (const day of others) await readDay(store, day, { bytes: 10n, bucket: 'c', at: LATER })
    for (const refresh of refreshes) await rollUpsOf(store).refresh('demo', refresh)
    const among = (...userIds: string[]) => strangersOf(store).among('demo', new Set(['a', 'b']), new Set(userIds))
    expect(await among('somebody else')).toEqual(new Set(['a']))
    expect(await among('somebody else', 'u')).toEqual(new Set())
  })
})
