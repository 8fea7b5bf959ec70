import type { Priced } from '@ostor-console/shared/plans'
import { type Kysely, sql } from 'kysely'
import { totalAt } from './byte-hours.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/** The users under a line: those of a bill that have one plan. */
export type LineUsers = {
  countId: string
  bill: string
  planId: string | null
  /** The month that the line is about, and the one that it stands in: an earlier one for a correction. */
  ofMonth: string
  month: string
}
type Range = { from: Date; to: Date }
type Under = LineUsers & { cluster: string }
/** What was counted in some hours on end, from `at` in milliseconds; in one, unless hours were missed. */
export type EvidenceFigure = { at: number; hours: number; count: bigint }
export type Evidence = ReturnType<typeof evidenceOf>
export type EvidenceObject = {
  cluster: string
  name: string
  at: Date
  periodSeconds: number | null
  isFinal: boolean
  count: bigint
}

const COLUMN = {
  egress: 'downloaded_bytes',
  put: 'put_ops',
  get: 'get_ops',
  list: 'list_ops',
  other: 'other_ops',
} as const satisfies Record<Exclude<Priced, 'storage'>, string>

const HOUR_MS = 3_600_000
const MOST = 1000

/** What lies under a line: what its users stored and moved, hour by hour. All of it is added up by the store. */
export const evidenceOf = ({ db, snapshot }: Pick<Store, 'db' | 'snapshot'>) => ({
  async clusters(line: LineUsers): Promise<string[]> {
    const { rows } = await sql<{ cluster_id: string }>`
      select distinct cluster_id from ${standing(line)} order by cluster_id`.execute(db)
    return rows.map(({ cluster_id }) => cluster_id)
  },

  /** In order; hours of which nothing is known are in none. */
  hours: (metric: Priced, under: Under, range: Range): Promise<EvidenceFigure[]> =>
    snapshot((tx) => (metric === 'storage' ? storedBy(tx, under, range) : countedBy(tx, metric, under, range))),

  /** Those that start in a range of some hours and hold something; for storage the buckets, with what they grew by. */
  objects: (metric: Priced, under: Under, range: Range): Promise<EvidenceObject[]> =>
    snapshot((tx) => (metric === 'storage' ? bucketsIn(tx, under, range) : objectsIn(tx, metric, under, range))),
})

/** Of a correction also those of whom nothing else is known than when their month was closed, or was corrected before. */
const standing = ({ countId, bill, planId, ofMonth, month }: LineUsers) => {
  const earlier = sql`or b.count_id in (
    select count_id from billing_months where closed_at is not null and month < ${month})`
  return sql`billing_users as b where b.of_month = ${ofMonth} and b.bill = ${bill}
    and b.plan_id is not distinct from ${planId}
    and (b.count_id = ${countId} ${ofMonth === month ? sql`` : earlier})`
}

const usersOf = (under: Under) => sql`(select b.user_id from ${standing(under)} and b.cluster_id = ${under.cluster})`

const countedBy = async (tx: Kysely<Schema>, metric: keyof typeof COLUMN, under: Under, { from, to }: Range) => {
  const { rows } = await sql<{ hour: Date; count: bigint }>`
    with known as (
      select distinct date_trunc('hour', started_at) as hour from statistics_objects where cluster_id = ${under.cluster}
        and item_count is not null and started_at >= ${from} and started_at < ${to}
    ), counts as (
      select date_trunc('hour', started_at) as hour, sum(${sql.ref(COLUMN[metric])}) as count from usage_rows
      where cluster_id = ${under.cluster} and user_id in ${usersOf(under)}
        and started_at >= ${from} and started_at < ${to} group by 1
    )
    select coalesce(counts.hour, known.hour) as hour, coalesce(counts.count, 0) as count
    from known full join counts on counts.hour = known.hour order by 1`.execute(tx)
  return rows.map(({ hour, count }): EvidenceFigure => ({ at: hour.getTime(), hours: 1, count }))
}

const objectsIn = async (
  tx: Kysely<Schema>,
  metric: keyof typeof COLUMN,
  under: Under,
  { from, to }: Range,
): Promise<EvidenceObject[]> => {
  const { cluster } = under
  const { rows } = await sql<Omit<EvidenceObject, 'cluster'>>`
    select o.name, o.started_at as at, o.period_s as "periodSeconds", o.closed_at is not null as "isFinal",
      sum(r.${sql.ref(COLUMN[metric])}) as count
    from usage_rows as r join statistics_objects as o on o.cluster_id = r.cluster_id and o.object_no = r.object_no
    where r.cluster_id = ${cluster} and r.user_id in ${usersOf(under)}
      and r.started_at >= ${from} and r.started_at < ${to}
    group by o.name, o.started_at, o.period_s, o.closed_at order by o.started_at, o.name limit ${sql.lit(MOST)}`.execute(
    tx,
  )
  return rows.map((row) => ({ ...row, cluster }))
}

/** The whole hours since 1970. */
const HOUR = sql`cast(round(extract(epoch from sampled_at) / 3600) as bigint)`
const hourOf = (at: Date): bigint => BigInt(Math.round(at.getTime() / HOUR_MS))

/**
 * Byte-hours between each two hours at which sizes were sampled. The total of a user at an hour is a + bytes × hour, so
 * the totals of all together are known from the sums of a and bytes, which change where one of them does. What came in late
 * and may be of an earlier time is in none.
 */
const storedBy = async (tx: Kysely<Schema>, under: Under, { from, to }: Range): Promise<EvidenceFigure[]> => {
  const { cluster } = under
  const { rows: runs } = await sql<{ sampled_at: Date }>`
    select sampled_at from storage_runs where cluster_id = ${cluster} and sampled_at >= ${from} and sampled_at <= ${to}
    order by sampled_at`.execute(tx)
  const first = runs[0]?.sampled_at
  if (!first) return []
  const of = sql`from storage_samples where cluster_id = ${cluster} and kind = 'user' and id in ${usersOf(under)}`
  const { rows: steps } = await sql<{ at: Date; a: bigint; bytes: bigint }>`
    with own as (
      select * from (select distinct on (id) id, sampled_at, bytes, byte_hours ${of} and sampled_at <= ${from}
        order by id, sampled_at desc) as before
      union all select id, sampled_at, bytes, byte_hours ${of} and sampled_at > ${from} and sampled_at <= ${to}
    ), lines as (
      select id, sampled_at, bytes, byte_hours - bytes * ${HOUR} as a from own
    ), steps as (
      select greatest(sampled_at, ${from}) as "at",
        a - coalesce(lag(a) over (partition by id order by sampled_at), 0) as a,
        bytes - coalesce(lag(bytes) over (partition by id order by sampled_at), 0) as bytes
      from lines
    )
    select "at", sum(a) as a, sum(bytes) as bytes from steps group by "at" order by "at"`.execute(tx)
  const { rows: late } = await sql<{ at: Date; count: bigint }>`
    select until as "at", sum(caught_up) as count from untold_sizes where cluster_id = ${cluster}
      and owner_id in ${usersOf(under)} and since < ${first} and until > ${first} and until <= ${to}
    group by until order by until`.execute(tx)
  const figures: EvidenceFigure[] = []
  const sum = { a: 0n, bytes: 0n }
  let [next, nextLate] = [0, 0]
  let before: { at: Date; total: bigint } | null = null
  for (const { sampled_at: at } of runs) {
    for (let step = steps[next]; step && step.at <= at; step = steps[next]) {
      sum.a += step.a
      sum.bytes += step.bytes
      next += 1
    }
    for (let each = late[nextLate]; each && each.at <= at; each = late[nextLate]) {
      sum.a -= each.count
      nextLate += 1
    }
    const total: bigint = sum.a + sum.bytes * hourOf(at)
    if (before !== null) {
      const hours = Number(hourOf(at) - hourOf(before.at))
      figures.push({ at: before.at.getTime(), hours, count: total - before.total })
    }
    before = { at, total }
  }
  return figures
}

/** The buckets of the users, with the byte-hours that each grew by, but for those whose size was not told at either end. */
const bucketsIn = async (tx: Kysely<Schema>, under: Under, { from, to }: Range): Promise<EvidenceObject[]> => {
  const { cluster } = under
  const last = (at: Date) => sql`
    select distinct on (id) id, created_at, epoch, is_end, ${totalAt(at)} as total
    from storage_samples where cluster_id = ${cluster} and kind = 'bucket' and owner_id in ${usersOf(under)}
      and sampled_at <= ${at} order by id, sampled_at desc, is_end`
  const { rows } = await sql<{ name: string; count: bigint }>`
    select late.id as name, late.total - coalesce(early.total, 0) as count from (${last(to)}) as late
    left join (${last(from)}) as early on early.id = late.id and early.epoch is not distinct from late.epoch
      and early.created_at is not distinct from late.created_at
    where not late.is_end and not exists (select 1 from untold_sizes as u where u.cluster_id = ${cluster}
      and u.bucket = late.id and ((u.since < ${from} and (u.until is null or u.until > ${from}))
        or (u.since < ${to} and (u.until is null or u.until > ${to}))))
    order by count desc, name limit ${sql.lit(MOST)}`.execute(tx)
  return rows.map((row) => ({
    ...row,
    cluster,
    at: from,
    periodSeconds: (to.getTime() - from.getTime()) / 1000,
    isFinal: true,
  }))
}
