import { sql } from 'kysely'
import { billingFiles } from '../src/adapters/store/billing-files.ts'
import { linesOf } from '../src/adapters/store/billing-lines.ts'
import { monthsOf } from '../src/adapters/store/billing-months.ts'
import { plansOf } from '../src/adapters/store/billing-plans.ts'
import { rollUpsOf } from '../src/adapters/store/roll-ups.ts'
import { storageOf } from '../src/adapters/store/storage.ts'
import type { SizedBucket } from '../src/adapters/store/storage-run.ts'
import type { Store } from '../src/adapters/store/store.ts'
import { closeMonth } from '../src/features/billing/close.ts'
import { type CountParts, countMonth } from '../src/features/billing/count.ts'
import { monthAfter, monthStart } from '../src/features/billing/month.ts'
import { sourceOf } from '../src/features/usage/coverage.ts'

export const CLUSTER = 'demo'
export const USERS = ['00000000000000a1', '00000000000000b2', '00000000000000c3', '00000000000000d4']
const PERIOD_S = 21_600
const HOUR_MS = 3_600_000

const free = { included: 0, tiers: [{ upTo: null, price: '0' }] }
const flat = (price: string, included = 0) => ({ included, tiers: [{ upTo: null, price }] })
/** Prices that leave no figure of the store without an amount. */
export const PLAN = {
  name: 'Standard',
  currency: 'EUR',
  unit: 'GB' as const,
  prices: {
    storage: flat('0.013'),
    egress: flat('0.02', 1),
    put: flat('0.005'),
    get: flat('0.0004'),
    list: free,
    other: free,
  },
}

/** What one statistics object holds of each user. */
const ROW = sql`(n * 31 + u * 17) % 100, (n * 17 + u * 13) % 500, n % 20, u % 7, n * 7919 * (u + 1), n * 104729 * (u + 1) * 1000`

type Objects = { from: string; to: string; service?: string; firstNo?: number }

/** Statistics objects of one gateway service, each of six hours, without a gap. */
export const fillObjects = async (store: Store, { from, to, service = '8000000000000065', firstNo = 1 }: Objects) => {
  const count = (Date.parse(to) - Date.parse(from)) / (PERIOD_S * 1000)
  const at = sql`${new Date(from)}::timestamptz + (n - ${sql.lit(firstNo)}) * ${sql.lit(PERIOD_S)} * interval '1 second'`
  const numbers = sql`generate_series(${sql.lit(firstNo)}::bigint, ${sql.lit(firstNo + count - 1)}::bigint) as s(n)`
  await sql`
    insert into statistics_objects (cluster_id, name, object_no, service_id, started_at, nominal_s, period_s, state,
      format_version, item_count, sha256, first_listed_at, read_at, unchanged_since, closed_at, tries)
    select ${CLUSTER}::text, 's3-usage-' || n, n, ${service}::text, ${at}, ${sql.lit(PERIOD_S)}, ${sql.lit(PERIOD_S)},
      'closed', 1, ${sql.lit(USERS.length)}, md5(cast(n as text)), now(), now(), now(), now(), 0 from ${numbers}`.execute(
    store.db,
  )
  await sql`
    insert into usage_rows (cluster_id, user_id, bucket, epoch, tag, object_no, started_at, put_ops, get_ops, list_ops,
      other_ops, uploaded_bytes, downloaded_bytes)
    select ${CLUSTER}::text, case u when 0 then ${USERS[0]} when 1 then ${USERS[1]} when 2 then ${USERS[2]}
      else ${USERS[3]} end, 'bucket-' || u, 1, '', n, ${at}, ${ROW}
    from ${numbers} cross join generate_series(0::bigint, ${sql.lit(USERS.length - 1)}::bigint) as t(u)`.execute(
    store.db,
  )
  await sql`insert into usage_changes (cluster_id, grain, starts_at)
    select distinct ${CLUSTER}::text, g.grain, date_trunc(g.grain, started_at) from statistics_objects
    cross join (values ('hour'), ('day')) as g(grain) where object_no >= ${firstNo}`.execute(store.db)
  const end = new Date(to)
  await sql`insert into collector_state (cluster_id, listed_at, fully_listed_at, covers_until)
    values (${CLUSTER}, ${end}, ${end}, ${end}) on conflict (cluster_id) do nothing`.execute(store.db)
  await rollUpsOf(store).refresh(CLUSTER, { until: end })
}

/** The list of buckets at some hours, the first of each user with a size of its own that grows by the hour. */
const fillSizes = async (store: Store, hours: readonly string[], grow = 1_000_000_007n): Promise<void> => {
  const storage = storageOf(store)
  const start = Date.parse(hours[0] ?? '')
  for (const hour of hours) {
    const passed = BigInt((Date.parse(hour) - start) / HOUR_MS)
    const buckets = USERS.map((ownerId, index): SizedBucket => {
      const bytes = 5_000_000_003n * BigInt(index + 1) + passed * grow
      const integral = 77n + 5_000_000_003n * BigInt(index + 1) * passed + (grow * passed * (passed + 1n)) / 2n
      return {
        name: `bucket-${index}`,
        ownerId,
        createdAt: new Date(start),
        epoch: 1n,
        storedBytes: bytes,
        byteHours: integral,
      }
    })
    await storage.record(CLUSTER, new Date(hour), buckets)
  }
}

export const NOW = '2026-12-02T08:00:00Z'

/** October and November of 2026 in UTC, whole. */
export const fillTwoMonths = async (store: Store): Promise<void> => {
  await fillObjects(store, { from: '2026-09-30T00:00:00Z', to: '2026-12-02T00:00:00Z' })
  await fillSizes(store, [
    '2026-09-30T00:00:00Z',
    '2026-10-01T00:00:00Z',
    '2026-10-13T05:00:00Z',
    '2026-10-31T23:00:00Z',
    '2026-11-01T00:00:00Z',
    '2026-11-30T23:00:00Z',
    '2026-12-01T00:00:00Z',
    '2026-12-02T00:00:00Z',
  ])
}

const now = () => new Date(NOW)

const rangeOf = (month: string, timeZone = 'UTC') => ({
  month,
  timeZone,
  from: monthStart(month, timeZone),
  to: monthStart(monthAfter(month), timeZone),
})

/** The same, with a plan for everybody. */
export const twoMonths = async (store: Store) => {
  await fillTwoMonths(store)
  const plans = plansOf(store, { now })
  await plans.create(PLAN)
  const months = monthsOf(store)
  const parts: CountParts = {
    months,
    clusters: [CLUSTER],
    sourceOf: (standing, range) => sourceOf(standing, range, { now: now(), staleAfterMs: 300_000 }),
    namesOf: async (billed) => new Map(billed.map(({ bill, userId }) => [bill, `name of ${userId}`])),
    now,
  }
  const countOf = async (
    month: string,
    { timeZone, ...others }: { timeZone?: string | undefined; clusters?: string[]; now?: () => Date } = {},
  ) => {
    await countMonth({ ...parts, ...others }, rangeOf(month, timeZone))
    const record = (await months.list()).find((each) => each.month === month)
    if (!record) throw new Error(`${month} was not counted`)
    return record
  }
  const count = (month: string, timeZone?: string) => countOf(month, { timeZone })
  const closing = {
    months,
    lines: linesOf(store),
    files: billingFiles,
    count: parts,
    nameOfCluster: (id: string) => id,
    now,
  }
  const close = (month: string) => closeMonth(closing, month, { by: 'ada', acceptIncomplete: true })
  return { store, plans, months, count, countOf, close }
}
