import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql } from 'kysely'
import * as z from 'zod'
import { billingFiles } from '../../apps/bff/src/adapters/store/billing-files.ts'
import { linesOf } from '../../apps/bff/src/adapters/store/billing-lines.ts'
import { monthsOf } from '../../apps/bff/src/adapters/store/billing-months.ts'
import { plansOf } from '../../apps/bff/src/adapters/store/billing-plans.ts'
import { openStore, type Store } from '../../apps/bff/src/adapters/store/store.ts'
import { closeMonth } from '../../apps/bff/src/features/billing/close.ts'
import { type CountParts, countMonth } from '../../apps/bff/src/features/billing/count.ts'
import { monthAfter, monthStart } from '../../apps/bff/src/features/billing/month.ts'
import { sourceOf } from '../../apps/bff/src/features/usage/coverage.ts'
import { startPostgres } from '../support/postgres.ts'
import type { Figure } from './figure.ts'
import { CLUSTER, fill } from './history/fill.ts'
import { newPlace } from './history/places.ts'

const SIZES = [1_000, 10_000]
const DAYS = 33
const NOW = new Date('2026-11-02T00:00:00Z')
const MONTH = '2026-10'
const CLOSED_BEFORE = 24
const GOAL_SECONDS = 60
const GOAL_GROWTH_MB = 20
const MB = 1_048_576

const flat = (price: string, included = 0) => ({ included, tiers: [{ upTo: null, price }] })
const PLAN = {
  name: 'Standard',
  currency: 'EUR',
  unit: 'GB' as const,
  prices: {
    storage: flat('0.012'),
    egress: flat('0.02', 10),
    put: flat('0.005'),
    get: flat('0.0004'),
    list: flat('0.005'),
    other: flat('0'),
  },
}

/** A size of every user at the beginning and at the end of the month. */
const fillSizes = async (store: Store, users: number): Promise<void> => {
  for (const at of [new Date('2026-10-01T00:00:00Z'), new Date('2026-11-01T00:00:00Z')]) {
    await sql`insert into storage_samples
      (cluster_id, kind, id, created_at, epoch, owner_id, sampled_at, bytes, byte_hours, is_end)
      select ${CLUSTER}::text, 'user', lpad(to_hex(u), 16, '0'), null, null, '', ${at}::timestamptz, 1000000007 * (u + 1),
        1000000007 * (u + 1) * cast(${sql.lit(at.getTime() / 3_600_000)} as numeric(38,0)), false
      from generate_series(0::bigint, ${sql.lit(users - 1)}::bigint) as s(u)`.execute(store.db)
    await store.db
      .insertInto('storage_runs')
      .values({ cluster_id: CLUSTER, sampled_at: at, buckets: BigInt(users), users: BigInt(users) })
      .execute()
  }
}

setFlagsFromString('--expose-gc')
const collectGarbage = z.custom<() => void>((found) => typeof found === 'function').parse(runInNewContext('gc'))

const heapMb = (): number => {
  collectGarbage()
  return process.memoryUsage().heapUsed / MB
}

/** How long the work took, and by how much what it held grew at most, garbage left aside; looked at twice a second. */
const watched = async (work: () => Promise<unknown>): Promise<{ seconds: number; grownMb: number }> => {
  const before = heapMb()
  let most = 0
  const timer = setInterval(() => (most = Math.max(most, heapMb() - before)), 500)
  const started = performance.now()
  await work()
  clearInterval(timer)
  return { seconds: (performance.now() - started) / 1000, grownMb: most }
}

const partsOf = (store: Store) => {
  const months = monthsOf(store)
  const count: CountParts = {
    months,
    clusters: [CLUSTER],
    sourceOf: (standing, range) => sourceOf(standing, range, { now: NOW, staleAfterMs: 300_000 }),
    namesOf: async (billed) => new Map(billed.map(({ bill, userId: id }) => [bill, `customer-${id}@example.com`])),
    now: () => NOW,
  }
  return {
    months,
    lines: linesOf(store),
    files: billingFiles,
    count,
    nameOfCluster: (id: string) => id,
    now: () => NOW,
  }
}

const closed = (store: Store) => closeMonth(partsOf(store), MONTH, { by: 'bench', acceptIncomplete: true })

const COUNTERS = sql`uploaded_bytes, downloaded_bytes, put_ops, get_ops, list_ops, other_ops`

/**
 * The same traffic in each of the months before, counted, closed, and then one user in sixteen moved more in each of them
 * than was billed.
 */
const closeBefore = async (store: Store): Promise<void> => {
  const { db } = store
  const { count } = partsOf(store)
  for (let before = CLOSED_BEFORE; before > 0; before -= 1) {
    const month = monthAfter(MONTH, -before)
    const range = { from: monthStart(month, 'UTC'), to: monthStart(monthAfter(month), 'UTC') }
    await sql`insert into usage_user_months (cluster_id, user_id, starts_at, ${COUNTERS})
      select cluster_id, user_id, ${range.from}::timestamptz, ${COUNTERS} from usage_user_months
      where starts_at = ${monthStart(MONTH, 'UTC')}`.execute(db)
    await sql`insert into object_hours
      (cluster_id, service_id, starts_at, listed, stored, closed, nominal_s, first_start, last_end)
      select distinct cluster_id, service_id, ${range.from}::timestamptz, 2, 2, 2, 1800, ${range.from}::timestamptz,
        ${range.from}::timestamptz + interval '1 hour' from statistics_objects`.execute(db)
    await countMonth(count, { month, timeZone: 'UTC', ...range })
  }
  await sql`update billing_months set closed_at = ${NOW}, closed_by = 'bench'`.execute(db)
  await sql`update usage_user_months set downloaded_bytes = downloaded_bytes + 1000000007
    where starts_at < ${monthStart(MONTH, 'UTC')} and user_id like '%0'`.execute(db)
  if (store.engine === 'postgresql') await sql`analyze`.execute(db)
}

const prepared = async (engine: 'duckdb' | 'postgresql', url: string, users: number) => {
  const place = await newPlace(engine, url)
  const store = await openStore(place)
  await fill(store, { users, buckets: users * 2, itemsPerObject: 120, days: DAYS }, NOW)
  await fillSizes(store, users)
  await plansOf(store, { now: () => NOW }).create(PLAN)
  const end = async () => {
    await store.close()
    await place.remove()
  }
  return { store, end }
}

const floorOf = (store: Store, months: readonly string[]) =>
  watched(async () => {
    for (const month of months)
      await sql`select user_id, sum(downloaded_bytes), sum(put_ops), sum(get_ops), sum(list_ops), sum(other_ops)
        from usage_user_months where starts_at = ${monthStart(month, 'UTC')} group by user_id`.execute(store.db)
  })

const MANY = SIZES.at(-1) ?? 0

const timeOf = async (store: Store, about: string, seconds: number, floor: number): Promise<Figure> => {
  const record = (await monthsOf(store).list()).find(({ month }) => month === MONTH)
  const { bills, corrections } = await linesOf(store).totals(record?.countId ?? '')
  return {
    name: `a month of ${MANY.toLocaleString('en')} users counted, closed and exported${about} (${bills} bills, ${corrections} corrections), ${store.engine}`,
    unit: 's',
    measured: seconds,
    floor,
    floorIs: 'the sums of its users, read and no more',
    compared: seconds,
    comparedAs: 'value',
    goal: `≤ ${GOAL_SECONDS} s`,
    holds: seconds <= GOAL_SECONDS,
  }
}

const heapOf = (about: string, [few = 0, many = 0]: readonly number[], floorIs: string): Figure => ({
  name: `the heap while it runs, ${about}`,
  unit: 'MB',
  measured: many,
  floor: few,
  floorIs,
  compared: many - few,
  comparedAs: 'difference',
  goal: `≤ ${GOAL_GROWTH_MB} MB more`,
  holds: many - few <= GOAL_GROWTH_MB,
})

/** A month counted, closed and written as CSV and Parquet, beside the bare sums of its users; also after 24 closed ones. */
export const billing = async (): Promise<Figure[]> => {
  const server = await startPostgres()
  const figures: Figure[] = []
  for (const engine of ['duckdb', 'postgresql'] as const) {
    const grown: number[] = []
    for (const users of SIZES) {
      const { store, end } = await prepared(engine, server.url, users)
      const floor = await floorOf(store, [MONTH])
      const { seconds, grownMb } = await watched(() => closed(store))
      grown.push(grownMb)
      if (users === MANY) figures.push(await timeOf(store, '', seconds, floor.seconds))
      await end()
    }
    const few = `the same with ${(SIZES[0] ?? 0).toLocaleString('en')} users`
    figures.push(heapOf(`ten times as many users, ${engine}`, grown, few))

    const { store, end } = await prepared(engine, server.url, MANY)
    await closeBefore(store)
    const before = Array.from({ length: CLOSED_BEFORE }, (_, index) => monthAfter(MONTH, -index - 1))
    const floor = await floorOf(store, [MONTH, ...before])
    const { seconds, grownMb } = await watched(() => closed(store))
    figures.push(await timeOf(store, ` after ${CLOSED_BEFORE} closed months`, seconds, floor.seconds))
    const about = `after ${CLOSED_BEFORE} closed months, ${engine}`
    figures.push(heapOf(about, [grown.at(-1) ?? 0, grownMb], 'the same without a closed month'))
    await end()
  }
  await server.stop()
  return figures
}
