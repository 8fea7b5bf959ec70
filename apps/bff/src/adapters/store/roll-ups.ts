import { type RawBuilder, sql, type Transaction } from 'kysely'
import { type Interval, joined } from './intervals.ts'
import type { Schema } from './schema.ts'
import { renewGaps } from './service-gaps.ts'
import type { Store } from './store.ts'
import { FIT, SUMS_BY_NAME } from './usage-sums.ts'
import { DAY_MS, HOUR_MS, monthsOf } from './usage-tiles.ts'

// Bounds the memory and the length of one transaction.
const HOURS_AT_ONCE = 1_000
const DAYS_AT_ONCE = 31

export type RollUps = ReturnType<typeof rollUpsOf>

/** Sums by hour, day and month, and the gaps between objects: always made again from the rows, never added to. */
export const rollUpsOf = (store: Store) => ({
  /**
   * Makes again what changed. A day that has not ended by `until` waits, because it will change again soon. Answers
   * whether there was anything.
   */
  async refresh(cluster: string, until: Date): Promise<boolean> {
    let isAny = false
    while (await store.transaction((tx) => refreshHours(tx, cluster, until))) isAny = true
    while (await store.transaction((tx) => refreshDays(tx, cluster, until))) isAny = true
    return isAny
  },
})

const COLUMNS = sql`put_ops, get_ops, list_ops, other_ops, uploaded_bytes, downloaded_bytes`

/** Listed are those that are counted or still can be: what else there is of an hour stands in its gaps. */
const OBJECT_COUNTS = sql`
  count(*) filter (where item_count is not null or state in ('listed', 'open', 'closed')),
  count(*) filter (where item_count is not null),
  count(*) filter (where item_count is not null and closed_at is not null)`

const BY = [
  { days: 'usage_user_days', months: 'usage_user_months', by: sql`user_id` },
  { days: 'usage_bucket_days', months: 'usage_bucket_months', by: sql`user_id, bucket` },
] as const

const inside =
  (cluster: string, { from, to }: Interval) =>
  (column: RawBuilder<unknown>) =>
    sql`cluster_id = ${cluster} and ${column} >= ${new Date(from)} and ${column} < ${new Date(to)}`

/** Takes the marks of the newest periods, so that what pages show first is fast first. */
const takeMarks = async (
  tx: Transaction<Schema>,
  cluster: string,
  grain: 'hour' | 'day',
  before: Date | null,
  most: number,
) => {
  const { rows } = await sql<{ starts_at: Date }>`
    select distinct starts_at from usage_changes
    where cluster_id = ${cluster} and grain = ${grain} ${before === null ? sql`` : sql`and starts_at < ${before}`}
    order by starts_at desc limit ${sql.lit(most)}`.execute(tx)
  const starts = rows.map(({ starts_at }) => starts_at)
  if (starts.length > 0)
    await sql`delete from usage_changes where cluster_id = ${cluster} and grain = ${grain}
      and starts_at = any(${starts}::timestamptz[])`.execute(tx)
  return starts
}

const refreshHours = async (tx: Transaction<Schema>, cluster: string, until: Date): Promise<boolean> => {
  const hours = await takeMarks(tx, cluster, 'hour', null, HOURS_AT_ONCE)
  const intervals = joined(hours, HOUR_MS, DAY_MS)
  for (const interval of intervals) {
    const within = inside(cluster, interval)
    await sql`delete from object_hours where ${within(sql`starts_at`)}`.execute(tx)
    await sql`
      insert into object_hours
        (cluster_id, service_id, starts_at, listed, stored, closed, nominal_s, first_start, last_end)
      select cluster_id, service_id, date_trunc('hour', started_at), ${OBJECT_COUNTS},
        mode() within group (order by nominal_s), min(started_at) filter (where item_count is not null),
        max(started_at + period_s * interval '1 second') filter (where item_count is not null and closed_at is not null)
      from statistics_objects where ${within(sql`started_at`)} group by 1, 2, 3`.execute(tx)
    await sql`delete from usage_hours where ${within(sql`starts_at`)}`.execute(tx)
    await sql`
      insert into usage_hours (cluster_id, starts_at, ${COLUMNS})
      select cluster_id, date_trunc('hour', started_at), ${SUMS_BY_NAME}
      from usage_rows where ${within(sql`started_at`)} group by 1, 2 having ${FIT}`.execute(tx)
    const started = sql`select distinct date_trunc('hour', started_at) from usage_rows where ${within(sql`started_at`)}`
    const summed = sql`select starts_at from usage_hours where ${within(sql`starts_at`)}`
    await renewUnsummed(tx, cluster, 'hour', interval, sql`${started} except ${summed}`)
  }
  await renewGaps(tx, cluster, intervals, until)
  return hours.length > 0
}

/** Of days and months, those that hold an hour without sums, or whose hours come to more than a roll-up holds. */
const unsummedIn = (cluster: string, grain: 'day' | 'month', interval: Interval): RawBuilder<unknown> => {
  const within = inside(cluster, interval)(sql`starts_at`)
  const start = sql`date_trunc(${sql.lit(grain)}, starts_at)`
  return sql`select ${start} from usage_hours where ${within} group by 1 having not ${FIT}
    union select ${start} from usage_unsummed where grain = 'hour' and ${within}`
}

const summed = (grain: 'day' | 'month', at: RawBuilder<unknown>, within: (column: RawBuilder<unknown>) => unknown) =>
  sql`date_trunc(${sql.lit(grain)}, ${at}) not in (
    select starts_at from usage_unsummed where grain = ${sql.lit(grain)} and ${within(sql`starts_at`)})`

const renewUnsummed = async (
  tx: Transaction<Schema>,
  cluster: string,
  grain: 'hour' | 'day' | 'month',
  interval: Interval,
  starts: RawBuilder<unknown>,
): Promise<void> => {
  await sql`delete from usage_unsummed where grain = ${grain} and ${inside(cluster, interval)(sql`starts_at`)}`.execute(
    tx,
  )
  await sql`insert into usage_unsummed (cluster_id, grain, starts_at)
    select ${cluster}::text, ${grain}::text, starts_at from (${starts}) as unsummed(starts_at)`.execute(tx)
}

const refreshDays = async (tx: Transaction<Schema>, cluster: string, until: Date): Promise<boolean> => {
  const ended = new Date(Math.floor(until.getTime() / DAY_MS) * DAY_MS)
  const days = await takeMarks(tx, cluster, 'day', ended, DAYS_AT_ONCE)
  for (const interval of joined(days, DAY_MS)) {
    const within = inside(cluster, interval)
    await renewUnsummed(tx, cluster, 'day', interval, unsummedIn(cluster, 'day', interval))
    for (const { days: table, by } of BY) {
      await sql`delete from ${sql.table(table)} where ${within(sql`starts_at`)}`.execute(tx)
      await sql`
        insert into ${sql.table(table)} (cluster_id, ${by}, starts_at, ${COLUMNS})
        select cluster_id, ${by}, date_trunc('day', started_at), ${SUMS_BY_NAME}
        from usage_rows where ${within(sql`started_at`)} and ${summed('day', sql`started_at`, within)}
        group by cluster_id, ${by}, date_trunc('day', started_at)`.execute(tx)
    }
  }
  for (const interval of monthsOf(days)) {
    const within = inside(cluster, interval)
    await renewUnsummed(tx, cluster, 'month', interval, unsummedIn(cluster, 'month', interval))
    for (const { days: from, months: table, by } of BY) {
      await sql`delete from ${sql.table(table)} where ${within(sql`starts_at`)}`.execute(tx)
      await sql`
        insert into ${sql.table(table)} (cluster_id, ${by}, starts_at, ${COLUMNS})
        select cluster_id, ${by}, date_trunc('month', starts_at), ${SUMS_BY_NAME}
        from ${sql.table(from)} where ${within(sql`starts_at`)} and ${summed('month', sql`starts_at`, within)}
        group by cluster_id, ${by}, date_trunc('month', starts_at)`.execute(tx)
    }
  }
  return days.length > 0
}
