import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { CLUSTER, fillObjects, NOW, PLAN, twoMonths, USERS } from '../../../test/billed-months.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { handoversOf } from '../../adapters/store/billing-handovers.ts'
import { linesOf as lineStoreOf } from '../../adapters/store/billing-lines.ts'
import { clientLinksOf } from '../../adapters/store/client-links.ts'
import { rollUpsOf } from '../../adapters/store/roll-ups.ts'
import type { Store } from '../../adapters/store/store.ts'

const HASHES = { sha256: 'hash', manifestSha256: 'other hash' }

const morningOf = (day: string) => new Date(`2026-${day}T10:37:00Z`)

type Counted = Record<'storage' | 'egress' | 'put' | 'get' | 'list' | 'other', bigint>

/** The counters of the store between two instants, straight from its rows and samples. */
const countersIn = async ({ db }: Store, from: string, to: string): Promise<Counted> => {
  const [start, end] = [new Date(from), new Date(to)]
  const { rows } = await sql<Counted>`
    select sum(downloaded_bytes) as egress, sum(put_ops) as "put", sum(get_ops) as "get", sum(list_ops) as list,
      sum(other_ops) as other from usage_rows where started_at >= ${start} and started_at < ${end}`.execute(db)
  const { rows: totals } = await sql<{ grown: bigint }>`
    select max(byte_hours) - min(byte_hours) as grown from storage_samples
    where kind = 'cluster' and sampled_at >= ${start} and sampled_at <= ${end}`.execute(db)
  if (!rows[0] || !totals[0]) throw new Error('sums answer a row')
  return { ...rows[0], storage: totals[0].grown }
}

const linesOf = async (store: Store, countId: string) => {
  const lines = []
  for await (const some of lineStoreOf(store).all(countId)) lines.push(...some)
  return lines
}

const sumsOf = async (store: Store, countId: string): Promise<Counted> => {
  const sums: Counted = { storage: 0n, egress: 0n, put: 0n, get: 0n, list: 0n, other: 0n }
  for (const { metric, quantity } of await linesOf(store, countId)) sums[metric] += quantity ?? 0n
  return sums
}

describe.each(ENGINES)('a month counted on %s', (engine) => {
  test('has lines whose sums are those of the counters of the store, in every time zone', async () => {
    const { store, count } = await twoMonths(await emptyStore(engine))
    const { countId, clusters } = await count('2026-10')
    expect(clusters).toMatchObject([{ cluster: CLUSTER, storage: 'complete', traffic: 'complete' }])
    expect(await sumsOf(store, countId)).toEqual(
      await countersIn(store, '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'),
    )
    const inAuckland = await count('2026-11', 'Pacific/Auckland')
    const { storage: _, ...traffic } = await sumsOf(store, inAuckland.countId)
    const { storage: __, ...there } = await countersIn(store, '2026-10-31T11:00:00Z', '2026-11-30T11:00:00Z')
    expect(traffic).toEqual(there)
  })

  test('bills a client once for all of its users, and a user with a plan of its own by that', async () => {
    const { store, count, plans } = await twoMonths(await emptyStore(engine))
    const at = new Date()
    const link = { cluster_id: CLUSTER, linked_email: 'a@example.com', linked_at: at, linked_by: 'ada', client_id: 42 }
    await store.db
      .insertInto('client_links')
      .values([
        { ...link, user_id: USERS[0] ?? '' },
        { ...link, user_id: USERS[1] ?? '' },
      ])
      .execute()
    const own = await plans.create({ ...PLAN, name: 'Own', unit: 'GiB' })
    await plans.give({ kind: 'user', cluster: CLUSTER, userId: USERS[2] ?? '' }, own)
    const { countId } = await count('2026-10')
    const lines = (await linesOf(store, countId)).filter(({ metric }) => metric === 'storage')
    expect(lines.map(({ bill, plan_id, per }) => [bill, plan_id === own, per])).toEqual([
      ['client.42', false, 1_000_000_000n * 744n],
      [`user.demo.${USERS[2]}`, true, 1_073_741_824n * 744n],
      [`user.demo.${USERS[3]}`, false, 1_000_000_000n * 744n],
    ])
  })

  test('goes to the client that a user belonged to at its end, also when links change before it is counted or closed', async () => {
    const { store, count, close } = await twoMonths(await emptyStore(engine))
    const links = clientLinksOf(store)
    const [ada = '', ben = '', cid = '', dan = ''] = USERS
    const link = (userId: string, clientId: number, day: string) =>
      links.add(store.db, { cluster: CLUSTER, userId, clientId, email: 'a@example.com', by: 'ada' }, morningOf(day))
    const unlink = (userId: string, clientId: number, day: string) =>
      links.remove(store.db, { cluster: CLUSTER, userId, clientId }, morningOf(day))
    const owners = async (month: string) => {
      const { countId } = await count(month)
      const of = store.db.selectFrom('billing_users').select(['user_id', 'client_id']).where('count_id', '=', countId)
      const rows = await of.where('of_month', '=', month).orderBy('user_id').execute()
      return rows.map(({ client_id }) => client_id)
    }
    // Moved within October; left in it; moved and left in November; first linked then.
    await link(ada, 41, '09-10')
    await unlink(ada, 41, '10-20')
    await link(ada, 42, '10-20')
    await link(ben, 41, '09-10')
    await unlink(ben, 41, '10-20')
    await link(cid, 41, '09-10')
    await unlink(cid, 41, '11-05')
    await link(cid, 42, '11-05')
    await unlink(cid, 42, '11-20')
    await link(dan, 43, '11-05')
    expect(await owners('2026-10')).toEqual([42, null, 41, 43])
    expect(await owners('2026-11')).toEqual([42, null, null, 43])
    const october = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-11-01T00:00:00Z') }
    const { items, users } = await handoversOf(store)({ ...october, asOf: new Date('2026-11-30T00:00:00Z') })
    expect(items.map(({ userId, clientId, kind }) => [userId, clientId, kind])).toEqual([
      [ada, 41, 'unlinked'],
      [ada, 42, 'linked'],
      [ben, 41, 'unlinked'],
      [dan, 43, 'linked'],
    ])
    expect(users).toBe(3)

    await close('2026-10')
    await link(cid, 44, '12-01')
    await unlink(dan, 43, '12-01')
    await fillObjects(store, {
      from: '2026-10-20T00:00:00Z',
      to: '2026-10-20T06:00:00Z',
      service: 'late',
      firstNo: 901,
    })
    const { countId } = await count('2026-11')
    const bills = (await linesOf(store, countId)).filter(({ kind }) => kind === 'correction').map(({ bill }) => bill)
    expect([...new Set(bills)]).toEqual(['client.41', 'client.42', 'client.43', `user.demo.${ben}`])
    expect(await owners('2026-11')).toEqual([42, null, null, 43])
    expect(await owners('2026-12')).toEqual([42, null, 44, null])
  })

  test('says "at least" where something is missing, and nothing where nothing is known', async () => {
    const { store, count } = await twoMonths(await emptyStore(engine))
    await store.db.deleteFrom('storage_runs').execute()
    await sql`delete from statistics_objects where object_no = 40`.execute(store.db)
    await sql`insert into usage_changes (cluster_id, grain, starts_at)
      values (${CLUSTER}, 'hour', ${new Date('2026-10-09T18:00:00Z')})`.execute(store.db)
    await rollUpsOf(store).refresh(CLUSTER, { until: new Date('2026-12-02T00:00:00Z') })
    const { countId, clusters } = await count('2026-10')
    const lines = await linesOf(store, countId)
    expect(clusters).toMatchObject([{ storage: 'unknown', traffic: 'partial' }])
    expect(lines.filter(({ metric }) => metric === 'storage')).toEqual(
      USERS.map(() => expect.objectContaining({ quantity: null, amount: null, coverage: 'unknown' })),
    )
    expect(lines.filter(({ metric }) => metric === 'egress').map(({ coverage }) => coverage)).toEqual(
      USERS.map(() => 'partial'),
    )
  })

  test('that is closed changes only by one correction for each line that changed, in the next month', async () => {
    const { store, count, months } = await twoMonths(await emptyStore(engine))
    const october = await count('2026-10')
    const before = await linesOf(store, october.countId)
    await months.close(october, { by: 'ada', acceptedIncomplete: false, ...HASHES }, new Date(), [])
    await expect(count('2026-10')).rejects.toMatchObject({ problem: { type: '/problems/month-closed' } })

    const none = await linesOf(store, (await count('2026-11')).countId)
    expect(none.filter(({ kind }) => kind === 'correction')).toEqual([])

    await fillObjects(store, {
      from: '2026-10-20T00:00:00Z',
      to: '2026-10-20T06:00:00Z',
      service: 'late',
      firstNo: 9001,
    })
    const november = await count('2026-11')
    const corrections = (await linesOf(store, november.countId)).filter(({ kind }) => kind === 'correction')
    const changed = ['egress', 'put', 'get', 'list', 'other']
    expect(corrections.map(({ of_month, metric }) => `${of_month} ${metric}`)).toEqual(
      USERS.flatMap((_, user) =>
        changed.filter((metric) => metric !== 'other' || user > 0).map((metric) => `2026-10 ${metric}`),
      ),
    )
    expect(await linesOf(store, october.countId)).toEqual(before)

    await months.close(november, { by: 'ada', acceptedIncomplete: true, ...HASHES }, new Date(), [])
    const december = await linesOf(store, (await count('2026-12')).countId)
    expect(december.filter(({ kind }) => kind === 'correction')).toEqual([])
    const all = [...before, ...corrections].filter(({ of_month }) => of_month === '2026-10')
    const now = await countersIn(store, '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z')
    expect(all.reduce((sum, line) => sum + (line.metric === 'get' ? (line.quantity ?? 0n) : 0n), 0n)).toBe(now.get)
  })

  test('counts a cluster that left the settings', async () => {
    const { store, countOf } = await twoMonths(await emptyStore(engine))
    const { countId, clusters } = await countOf('2026-10', { clusters: ['new'] })
    expect(clusters.map(({ cluster, traffic }) => [cluster, traffic])).toEqual([
      ['new', 'unknown'],
      [CLUSTER, 'complete'],
    ])
    expect((await sumsOf(store, countId)).egress).toBeGreaterThan(0n)
  })

  test('that is closed is corrected in the one month after the newest closed one, by a plan that may be gone', async () => {
    const { store, count, months, plans } = await twoMonths(await emptyStore(engine))
    const end = async (month: string) =>
      months.close(await count(month), { by: 'ada', acceptedIncomplete: true, ...HASHES }, new Date(), [])
    const correctionsIn = async (month: string) =>
      (await linesOf(store, (await count(month)).countId)).filter(({ kind }) => kind === 'correction')
    await end('2026-10')
    const late = { from: '2026-10-20T00:00:00Z', to: '2026-10-20T06:00:00Z' }
    await fillObjects(store, { ...late, service: 'late', firstNo: 9001 })
    expect(await correctionsIn('2026-12')).toEqual([])
    expect(await correctionsIn('2026-09')).toEqual([])

    // October is priced by another plan in November, which is gone in December.
    const [first] = await plans.list()
    const second = await plans.create({ ...PLAN, name: 'Second' })
    const away = sql`update billing_users set plan_id = ${second} where of_month = '2026-10'
      and count_id in (select count_id from billing_months where closed_at is not null)`
    await end('2026-11')
    await away.execute(store.db)
    await plans.remove(second, 'Second')
    await fillObjects(store, { ...late, service: 'later', firstNo: 9101 })
    const corrections = await correctionsIn('2026-12')
    expect(corrections.length).toBeGreaterThan(0)
    expect(corrections.filter(({ plan_id }) => plan_id === null || plan_id === first?.id)).toEqual([])
  })

  test('is closed by one of two consoles, and keeps the files of that one', async () => {
    const { count, months } = await twoMonths(await emptyStore(engine))
    const october = await count('2026-10')
    const closeBy = (by: string) => {
      const files = [{ file: 'csv' as const, parts: partsOf(`lines of ${by}`) }]
      return months.close(october, { by, acceptedIncomplete: false, ...HASHES }, new Date(), files)
    }
    const outcomes = await Promise.allSettled([closeBy('ada'), closeBy('bob')])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const closedBy = (await months.list())[0]?.closedBy
    const parts = []
    for await (const part of months.file('2026-10', 'csv')) parts.push(Buffer.from(part).toString())
    expect(parts).toEqual([`lines of ${closedBy}`])
  })

  test('again leaves the lines before to whoever reads them for two hours, and lines that went end the reading', async () => {
    const { store, count, countOf } = await twoMonths(await emptyStore(engine))
    const first = await count('2026-10')
    const before = await linesOf(store, first.countId)
    await count('2026-10')
    expect(await linesOf(store, first.countId)).toEqual(before)
    const gone = { problem: { type: '/problems/changed-meanwhile' } }
    await sql`delete from billing_lines where count_id = ${first.countId} and line_no = 3`.execute(store.db)
    await expect(linesOf(store, first.countId)).rejects.toMatchObject(gone)
    await countOf('2026-10', { now: () => new Date(Date.parse(NOW) + 3 * 3_600_000) })
    await expect(linesOf(store, first.countId)).rejects.toMatchObject(gone)
    const { rows } = await sql`select 1 from billing_users where count_id = ${first.countId}`.execute(store.db)
    expect(rows).toEqual([])
  })
})

async function* partsOf(text: string): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(Buffer.from(text))
}
