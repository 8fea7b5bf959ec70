import * as fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { bodyOf, gatewayWithStatistics, objectsIn, totalsIn } from '../../../test/collecting.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const LATE = '2026-11-04T09:10:00.000Z'
const name = (service: string, start = LATE) => `s3-usage-80000000000000${service}-${start}-1800`

describe.each(ENGINES)('the collector on %s', (engine) => {
  test('stores exactly what the gateway reported, by user and by bucket', async () => {
    const { collector, control } = await gatewayWithStatistics({ services: 3, restarts: 5, users: 8, buckets: 30 })
    const store = await emptyStore(engine)
    await collector(store).round()
    expect(await totalsIn(store)).toEqual(control.oracle.usage())

    for (const [by, column] of [
      ['user', 'user_id'],
      ['bucket', 'bucket'],
    ] as const) {
      const rows = await store.db
        .selectFrom('usage_rows')
        .select([column, (eb) => eb.fn.sum<bigint>('uploaded_bytes').as('uploaded')])
        .groupBy(column)
        .execute()
      const stored = new Map(rows.map((row) => [row[column as keyof typeof row], row.uploaded]))
      const expected = [...control.oracle.usageBy(by)].map(([key, { uploaded }]) => [key, uploaded])
      expect(stored).toEqual(new Map(expected as [never, bigint][]))
    }
    expect(control.calls().filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test('neither doubles nor loses anything while objects grow, close and appear', async () => {
    const { collector, control } = await gatewayWithStatistics({ since: '2026-11-04T12:00:00Z', restarts: 3 })
    const store = await emptyStore(engine)
    const collecting = collector(store)
    for (let round = 0; round < 16; round += 1) {
      control.clock.advance(7 * MINUTE)
      await collecting.round()
      expect(await totalsIn(store)).toEqual(control.oracle.usage())
    }
    expect([...(await objectsIn(store)).values()].some(({ state }) => state === 'closed')).toBe(true)
    expect((await collecting.status()).state).toBe('up-to-date')
  })

  test('reads what is final no more', async () => {
    const { collector, control } = await gatewayWithStatistics()
    const store = await emptyStore(engine)
    const collecting = collector(store)
    for (const minutes of [0, 1, 15]) {
      control.clock.advance(minutes * MINUTE)
      await collecting.round()
    }
    control.clearCalls()
    control.clock.advance(MINUTE)
    await collecting.round()
    const read = control.calls().filter(({ parameters }) => parameters.some(({ name: key }) => key === 'obj'))
    const open = [...(await objectsIn(store)).values()].filter(({ state }) => state === 'open')
    expect(read).toHaveLength(open.length)
    expect(open.length).toBeLessThanOrEqual(6)
  })

  test('reads the newest first', async () => {
    const { collector, control } = await gatewayWithStatistics()
    await collector(await emptyStore(engine)).round()
    const starts = control
      .calls()
      .flatMap(({ parameters }) =>
        parameters.flatMap(({ name: key, value }) => (key === 'obj' && value ? [value.slice(26, 50)] : [])),
      )
    const late = starts.findIndex((start, index) => starts.slice(index + 8).some((later) => later > start))
    expect(late).toBe(-1)
  })

  test('comes to the same sums in whatever order objects arrive', async () => {
    const { collector, control, gateway } = await gatewayWithStatistics({ restarts: 4 })
    const store = await emptyStore(engine)
    const all = control.oracle.objects().map((object) => object.name)
    let cluster = 0
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 1, max: 4 }),
        async (order, parts) => {
          cluster += 1
          for (let part = 1; part <= parts; part += 1) {
            const visible = new Set(order.slice(0, Math.ceil((order.length * part) / parts)))
            const listStatistics: typeof gateway.listStatistics = async (page) => {
              const { names, truncated } = await gateway.listStatistics(page)
              return { names: names.filter((one) => visible.has(one)), truncated }
            }
            // A collector of its own lists everything anew, as each does once an hour.
            await store.db.deleteFrom('collector_state').execute()
            await collector(store, `c${cluster}`, { ...gateway, listStatistics }).round()
          }
          expect(await totalsIn(store, `c${cluster}`)).toEqual(control.oracle.usage())
        },
      ),
      { numRuns: 6 },
    )
  })

  test('keeps the rows of an object that somebody else deleted, and takes it back when it returns', async () => {
    const { collector, control } = await gatewayWithStatistics()
    const store = await emptyStore(engine)
    const collecting = collector(store)
    await collecting.round()
    const before = await totalsIn(store)
    const [first] = control.oracle.objects()
    control.statistics.remove(first?.name ?? '')
    control.clock.advance(HOUR)
    await collecting.round()
    const gone = (await objectsIn(store)).get(first?.name ?? '')
    expect(gone).toMatchObject({ state: 'gone', sha256: expect.any(String) })
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
    expect((await totalsIn(store)).uploaded).toBeGreaterThanOrEqual(before.uploaded)

    control.statistics.restore(first?.name ?? '')
    control.clock.advance(HOUR)
    await collecting.round()
    expect((await objectsIn(store)).get(first?.name ?? '')).toMatchObject({ state: 'closed', gone_at: null })
  })

  test('enters an object that vanished between the list and the read as gone', async () => {
    const { collector, control, gateway } = await gatewayWithStatistics()
    const store = await emptyStore(engine)
    const [first] = control.oracle.objects()
    const listStatistics: typeof gateway.listStatistics = async (page) => {
      const reply = await gateway.listStatistics(page)
      control.statistics.remove(first?.name ?? '')
      return reply
    }
    await collector(store, 'demo', { ...gateway, listStatistics }).round()
    expect((await objectsIn(store)).get(first?.name ?? '')).toMatchObject({ state: 'gone', sha256: null })
  })

  test('quarantines names dated 1970 and goes on behind them', async () => {
    const { collector, control } = await gatewayWithStatistics({ names1970: 6 })
    const store = await emptyStore(engine)
    const collecting = collector(store)
    await collecting.round()
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
    const quarantined = [...(await objectsIn(store)).values()].filter(({ state }) => state === 'quarantined')
    expect(quarantined).toHaveLength(6)
    expect(quarantined[0]?.reason).toContain('1970')
    expect(await collecting.status()).toMatchObject({ state: 'up-to-date', objectsQuarantined: 6 })
  })

  test('M23: sees an object that sorts before all it has seen, and a new service at once', async () => {
    const { collector, control } = await gatewayWithStatistics()
    const store = await emptyStore(engine)
    const collecting = collector(store)
    await collecting.round()
    control.statistics.plant(name('ff'), bodyOf(LATE))
    control.clock.advance(MINUTE)
    await collecting.round()
    expect((await objectsIn(store)).get(name('ff'))?.state).toBe('open')

    control.statistics.plant(name('01'), bodyOf(LATE))
    control.clock.advance(HOUR)
    await collecting.round()
    expect((await objectsIn(store)).has(name('01'))).toBe(true)
  })

  test.each(['excluded', 'gone'])('goes on at once behind a name from the future that is %s', async (state) => {
    const { collector, control } = await gatewayWithStatistics({ since: '2026-11-04T11:00:00Z' })
    const store = await emptyStore(engine)
    const collecting = collector(store)
    const late = name('65', '2027-01-01T00:00:00.000Z')
    control.statistics.plant(late, bodyOf(LATE))
    await collecting.round()
    expect((await objectsIn(store)).get(late)?.state).toBe('quarantined')
    await sql`update statistics_objects set state = ${state} where name = ${late}`.execute(store.db)
    control.clock.advance(40 * MINUTE)
    await collecting.round()
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test.each([
    ['negative', bodyOf(LATE, { uploaded: '-5' }), /from 0 to 9223372036854775807/],
    ['above 2^63 - 1', bodyOf(LATE, { uploaded: '9223372036854775808' }), /from 0 to 9223372036854775807/],
    ['dated 1970', bodyOf('1970-01-01T00:00:10Z'), /1970/],
  ])('quarantines a body that cannot be true (%s), and collects the rest', async (_, body, reason) => {
    const { collector, control } = await gatewayWithStatistics({ since: '2026-11-04T11:00:00Z' })
    const store = await emptyStore(engine)
    const collecting = collector(store)
    control.statistics.plant(name('65'), body)
    for (let round = 0; round < 6; round += 1) {
      await collecting.round()
      control.clock.advance(10 * MINUTE)
    }
    await collecting.round()
    expect((await objectsIn(store)).get(name('65'))).toMatchObject({
      state: 'quarantined',
      reason: expect.stringMatching(reason),
    })
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test('quarantines a body that cannot be read after five tries, and takes it when it can be read later', async () => {
    const { collector, control } = await gatewayWithStatistics({ since: '2026-11-04T11:00:00Z' })
    const store = await emptyStore(engine)
    const collecting = collector(store)
    control.statistics.plant(name('65'), bodyOf(LATE).slice(0, 120))
    for (let tries = 1; tries <= 5; tries += 1) {
      expect((await objectsIn(store)).get(name('65'))?.state ?? 'listed').toBe('listed')
      await collecting.round()
      control.clock.advance(10 * MINUTE)
    }
    expect((await objectsIn(store)).get(name('65'))).toMatchObject({ state: 'quarantined', tries: 5 })

    control.statistics.plant(name('65'), bodyOf(LATE, { uploaded: '77' }))
    control.clock.advance(2 * HOUR)
    await collecting.round()
    expect((await objectsIn(store)).get(name('65'))).toMatchObject({ state: 'open', reason: null, tries: 0 })
    expect((await totalsIn(store)).uploaded).toBe(control.oracle.usage().uploaded + 77n)
  })

  test('keeps text of any kind', async () => {
    const { collector, control } = await gatewayWithStatistics({ hostile: true, buckets: 30 })
    const store = await emptyStore(engine)
    await collector(store).round()
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })
})
