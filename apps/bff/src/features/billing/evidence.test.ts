import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { CLUSTER, fillObjects, PLAN, twoMonths, USERS } from '../../../test/billed-months.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { evidenceOf } from '../../adapters/store/billing-evidence.ts'
import { type LineRecord, linesOf } from '../../adapters/store/billing-lines.ts'
import { clientLinksOf } from '../../adapters/store/client-links.ts'
import type { Store } from '../../adapters/store/store.ts'
import { together } from './evidence.ts'
import { monthAfter, monthStart } from './month.ts'

const HOUR_MS = 3_600_000

const rangeOf = (month: string) => ({ from: monthStart(month, 'UTC'), to: monthStart(monthAfter(month), 'UTC') })

const sumOf = (some: readonly { count: bigint }[]) => some.reduce((sum, { count }) => sum + count, 0n)

/** What lies under a line of a count, summed up: its hours, and the objects that start in the month. */
const under = async (store: Store, month: string, line: LineRecord) => {
  const { count_id: countId, bill, plan_id: planId, of_month: ofMonth, metric } = line
  const evidence = evidenceOf(store)
  const of = { countId, bill, planId, ofMonth, month }
  expect(await evidence.clusters(of)).toEqual([CLUSTER])
  const figures = await evidence.hours(metric, { ...of, cluster: CLUSTER }, rangeOf(ofMonth))
  const objects = await evidence.objects(metric, { ...of, cluster: CLUSTER }, rangeOf(ofMonth))
  return { figures, hours: sumOf(figures), objects: sumOf(objects) }
}

const client42 = async (store: Store) => {
  const at = new Date('2026-09-30T00:00:00Z')
  for (const userId of USERS.slice(0, 2))
    await clientLinksOf(store).add(
      store.db,
      { cluster: CLUSTER, userId, clientId: 42, email: 'a@example.com', by: 'ada' },
      at,
    )
}

describe.each(ENGINES)('what lies under a line on %s', (engine) => {
  test('comes to that line, where one bill has two plans, and to what a correction makes of a closed month', async () => {
    const { store, plans, count, close } = await twoMonths(await emptyStore(engine))
    await client42(store)
    const own = await plans.create({ ...PLAN, name: 'Own' })
    await plans.give({ kind: 'user', cluster: CLUSTER, userId: USERS[1] ?? '' }, own)
    const { countId } = await close('2026-10')
    const lines = linesOf(store)
    const october = await lines.ofBill(countId, 'client.42')
    expect(new Set(october.map(({ plan_id }) => plan_id)).size).toBe(2)
    for (const line of october) {
      const { hours, objects } = await under(store, '2026-10', line)
      expect(hours).toBe(line.quantity)
      expect(objects).toBe(line.quantity)
    }

    await fillObjects(store, {
      from: '2026-10-20T00:00:00Z',
      to: '2026-10-20T06:00:00Z',
      service: 'late',
      firstNo: 901,
    })
    const november = await lines.ofBill((await count('2026-11')).countId, 'client.42')
    const corrections = november.filter(({ kind }) => kind === 'correction')
    expect(corrections.length).toBeGreaterThan(5)
    for (const line of corrections) {
      const before = october.find(({ metric, plan_id }) => metric === line.metric && plan_id === line.plan_id)
      const { hours, objects } = await under(store, '2026-11', line)
      expect(hours).toBe((before?.quantity ?? 0n) + (line.quantity ?? 0n))
      expect(objects).toBe(hours)
    }
  })

  test('is one figure for the hours between two readings of sizes, of a bill with any number of users', async () => {
    const { store, count } = await twoMonths(await emptyStore(engine))
    const ids = sql`(select lpad(to_hex(u), 16, '0') as id from generate_series(1001::bigint, 2100::bigint) as s(u)) as u`
    for (const [at, byteHours] of [
      ['2026-10-01T00:00:00Z', 0],
      ['2026-11-01T00:00:00Z', 7440],
    ] as const)
      await sql`insert into storage_samples
        (cluster_id, kind, id, owner_id, sampled_at, bytes, byte_hours, is_end)
        select ${CLUSTER}::text, 'user', id, '', ${new Date(at)}::timestamptz, 10, ${sql.lit(byteHours)}, false
        from ${ids}`.execute(store.db)
    await sql`insert into client_links (cluster_id, user_id, client_id, linked_email, linked_at, linked_by)
      select ${CLUSTER}::text, id, 42, '', ${new Date('2026-09-30T00:00:00Z')}::timestamptz, 'ada' from ${ids}`.execute(
      store.db,
    )
    const lines = await linesOf(store).ofBill((await count('2026-10')).countId, 'client.42')
    expect(lines.map(({ metric, quantity }) => [metric, quantity])).toEqual([['storage', 8_184_000n]])
    const [line] = lines
    if (!line) throw new Error('the bill has a line')
    const { figures, hours } = await under(store, '2026-10', line)
    expect(hours).toBe(line.quantity)
    // Sizes were read four times between the beginning and the end, and each user stored ten bytes all the while.
    expect(figures.map((figure) => [figure.hours, figure.count / BigInt(figure.hours)])).toEqual([
      [293, 11_000n],
      [450, 11_000n],
      [1, 11_000n],
    ])
  })
})

describe('the hours of several clusters', () => {
  const from = new Date('2026-10-01T00:00:00Z')
  const range = { from, to: new Date('2026-10-01T07:00:00Z') }
  const figure = (hour: number, hours: number, count: bigint) => ({ at: from.getTime() + hour * HOUR_MS, hours, count })
  const told = (...clusters: Parameters<typeof together>[0]) =>
    together(clusters, range).map(({ at, hours, count, isWhole }) => [at.slice(11, 13), hours, count, isWhole])

  test('are one figure where one of them was not asked, and say when a cluster tells nothing', () => {
    const missed = [figure(1, 1, 1n), figure(2, 3, 30n), figure(5, 1, 5n)]
    const hourly = [2, 3, 4].map((hour) => figure(hour, 1, 100n))
    expect(told(missed, hourly)).toEqual([
      ['00', 1, null, false],
      ['01', 1, '1', false],
      ['02', 3, '330', true],
      ['05', 1, '5', false],
      ['06', 1, null, false],
    ])
    expect(told(missed)[2]).toEqual(['02', 3, '30', true])
    expect(told()).toHaveLength(7)
  })
})
