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
import type { CountParts } from '../../apps/bff/src/features/billing/count.ts'
import { sourceOf } from '../../apps/bff/src/features/usage/coverage.ts'
import { startPostgres } from '../support/postgres.ts'
import type { Figure } from './figure.ts'
import { CLUSTER, fill } from './history/fill.ts'
import { newPlace } from './history/places.ts'

const SIZES = [1_000, 10_000]
const DAYS = 33
const NOW = new Date('2026-11-02T00:00:00Z')
const MONTH = '2026-10'
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

const closed = async (store: Store) => {
  const months = monthsOf(store)
  const count: CountParts = {
    months,
    clusters: [CLUSTER],
    sourceOf: (standing, range) => sourceOf(standing, range, { now: NOW, staleAfterMs: 300_000 }),
    namesOf: async (billed) => new Map(billed.map(({ bill, userId: id }) => [bill, `customer-${id}@example.com`])),
    now: () => NOW,
  }
  const parts = {
    months,
    lines: linesOf(store),
    files: billingFiles,
    count,
    nameOfCluster: (id: string) => id,
    now: () => NOW,
  }
  await closeMonth(parts, MONTH, { by: 'bench', acceptIncomplete: true })
}

/** A month counted, closed and written as CSV and Parquet, beside the bare sums of its users. */
export const billing = async (): Promise<Figure[]> => {
  const server = await startPostgres()
  const figures: Figure[] = []
  for (const engine of ['duckdb', 'postgresql'] as const) {
    const grown: number[] = []
    for (const users of SIZES) {
      const place = await newPlace(engine, server.url)
      const store = await openStore(place)
      await fill(store, { users, buckets: users * 2, itemsPerObject: 120, days: DAYS }, NOW)
      await fillSizes(store, users)
      await plansOf(store, { now: () => NOW }).create(PLAN)
      const floor = await watched(() =>
        sql`select user_id, sum(downloaded_bytes), sum(put_ops), sum(get_ops), sum(list_ops), sum(other_ops)
          from usage_user_months where starts_at = ${new Date('2026-10-01T00:00:00Z')} group by user_id`.execute(
          store.db,
        ),
      )
      const { seconds, grownMb } = await watched(() => closed(store))
      const [record] = await monthsOf(store).list()
      const { bills } = await linesOf(store).totals(record?.countId ?? '')
      grown.push(grownMb)
      await store.close()
      await place.remove()
      if (users !== SIZES.at(-1)) continue
      figures.push({
        name: `a month of ${users.toLocaleString('en')} users counted, closed and exported (${bills} bills), ${engine}`,
        unit: 's',
        measured: seconds,
        floor: floor.seconds,
        floorIs: 'the sums of its users, read and no more',
        compared: seconds,
        comparedAs: 'value',
        goal: `≤ ${GOAL_SECONDS} s`,
        holds: seconds <= GOAL_SECONDS,
      })
    }
    const [few = 0, many = 0] = grown
    figures.push({
      name: `the heap while it runs, ten times as many users, ${engine}`,
      unit: 'MB',
      measured: many,
      floor: few,
      floorIs: `the same with ${(SIZES[0] ?? 0).toLocaleString('en')} users`,
      compared: many - few,
      comparedAs: 'difference',
      goal: `≤ ${GOAL_GROWTH_MB} MB more`,
      holds: many - few <= GOAL_GROWTH_MB,
    })
  }
  await server.stop()
  return figures
}
