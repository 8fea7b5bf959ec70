import { type RawBuilder, sql, type Transaction } from 'kysely'
import { type Interval, joined } from './intervals.ts'
import type { Schema } from './schema.ts'
import { renewGaps } from './service-gaps.ts'
import type { Store } from './store.ts'
import { isSerializationFailure } from './store-failure.ts'
import { DAYS_AND_MONTHS, inside } from './usage-pieces.ts'
import { FIT, SUMS_BY_NAME } from './usage-sums.ts'
import { DAY_MS, HOUR_MS, monthsOf } from './usage-tiles.ts'

// Bounds the memory and the length of one transaction.
const HOURS_AT_ONCE = 1_000
const DAYS_AT_ONCE = 31

export type RollUps = ReturnType<typeof rollUpsOf>

type Refresh = {
  /** A day that has not ended by then waits, because it will change again soon. */
  until: Date
  /** Up to where everything was listed, where that is earlier: what comes after it is no gap. */
  listedUntil?: Date
  /** Days before it are still being read. */
  from?: Date | undefined
  goesOn?: () => boolean
}

/**
 * Sums by hour, day and month, and the gaps between objects: always made again, never added to. Hours, and days by
 * bucket, are made from the rows, days by user and months from days.
 */
export const rollUpsOf = (store: Store) => ({
  /**
   * Makes again what changed. A day that has not ended by `until`, or that starts before `from`, waits; so does a month of
   * which such a day has ended.
   */
  async refresh(cluster: string, { until, listedUntil = until, from, goesOn = () => true }: Refresh): Promise<void> {
    while ((await store.transaction((tx) => refreshHours(tx, cluster, listedUntil))) && goesOn()) {}
    if (!goesOn()) return
    while ((await store.transaction((tx) => refreshDays(tx, cluster, until, from))) && goesOn()) {}
  },

  /** The same, given up when what others write is in its way: what changed waits for the next time. */
  async refreshBeside(cluster: string, refresh: Refresh): Promise<void> {
    try {
      await this.refresh(cluster, refresh)
    } catch (error) {
      if (!isSerializationFailure(error)) throw error
    }
  },
})

const COLUMNS = sql`put_ops, get_ops, list_ops, other_ops, uploaded_bytes, downloaded_bytes`

/** Listed are those that are counted or still can be: what else there is of an hour stands in its gaps. */
const OBJECT_COUNTS = sql`
  count(*) filter (where item_count is not null or state in ('listed', 'open', 'closed')),
  count(*) filter (where item_count is not null),
  count(*) filter (where item_count is not null and closed_at is not null)`

type Span = { from?: Date | undefined; before?: Date }

/** The periods that changed, newest first. */
const marked = async (tx: Transaction<Schema>, cluster: string, grain: 'hour' | 'day', { from, before }: Span) => {
  const { rows } = await sql<{ starts_at: Date }>`
    select distinct starts_at from usage_changes where cluster_id = ${cluster} and grain = ${grain}
      ${from ? sql`and starts_at >= ${from}` : sql``} ${before ? sql`and starts_at < ${before}` : sql``}
    order by starts_at desc`.execute(tx)
  return rows.map(({ starts_at }) => starts_at)
}

const unmark = (tx: Transaction<Schema>, cluster: string, grain: 'hour' | 'day', starts: Date[]) =>
  sql`delete from usage_changes where cluster_id = ${cluster} and grain = ${grain}
    and starts_at = any(${starts}::timestamptz[])`.execute(tx)

const refreshHours = async (tx: Transaction<Schema>, cluster: string, listedUntil: Date): Promise<boolean> => {
  const changed = await marked(tx, cluster, 'hour', {})
  // Newest first, so that what pages show first is fast first.
  const hours = changed.slice(0, HOURS_AT_ONCE)
  await unmark(tx, cluster, 'hour', hours)
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
  await renewGaps(tx, cluster, intervals, listedUntil)
  return changed.length > hours.length
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

const refreshDays = async (tx: Transaction<Schema>, cluster: string, until: Date, from: Date | undefined) => {
  const before = new Date(Math.floor(until.getTime() / DAY_MS) * DAY_MS)
  const changed = await marked(tx, cluster, 'day', { from, before })
  const days = changed.slice(0, DAYS_AT_ONCE)
  await unmark(tx, cluster, 'day', days)
  for (const interval of joined(days, DAY_MS)) await renewDays(tx, cluster, interval)
  // Right only while transactions behave as if they ran one after another: of two that each took a day of a month, the
  // later one makes the month.
  const waiting = new Set(monthsOf(await marked(tx, cluster, 'day', { before })).map((month) => month.from))
  for (const interval of monthsOf(days)) {
    if (!waiting.has(interval.from)) await renewMonth(tx, cluster, interval)
  }
  return changed.length > days.length
}

const renewDays = async (tx: Transaction<Schema>, cluster: string, interval: Interval): Promise<void> => {
  const within = inside(cluster, interval)
  await renewUnsummed(tx, cluster, 'day', interval, unsummedIn(cluster, 'day', interval))
  await sql`delete from usage_bucket_days where ${within(sql`starts_at`)}`.execute(tx)
  await sql`delete from usage_user_days where ${within(sql`starts_at`)}`.execute(tx)
  await sql`
    insert into usage_bucket_days (cluster_id, user_id, bucket, starts_at, ${COLUMNS})
    select cluster_id, user_id, bucket, date_trunc('day', started_at), ${SUMS_BY_NAME}
    from usage_rows where ${within(sql`started_at`)} and ${summed('day', sql`started_at`, within)}
    group by 1, 2, 3, 4`.execute(tx)
  await sql`
    insert into usage_user_days (cluster_id, user_id, starts_at, ${COLUMNS})
    select cluster_id, user_id, starts_at, ${SUMS_BY_NAME}
    from usage_bucket_days where ${within(sql`starts_at`)} group by 1, 2, 3`.execute(tx)
}

const renewMonth = async (tx: Transaction<Schema>, cluster: string, interval: Interval): Promise<void> => {
  const within = inside(cluster, interval)
  await renewUnsummed(tx, cluster, 'month', interval, unsummedIn(cluster, 'month', interval))
  for (const { by, days, months } of DAYS_AND_MONTHS) {
    await sql`delete from ${sql.table(months)} where ${within(sql`starts_at`)}`.execute(tx)
    await sql`
      insert into ${sql.table(months)} (cluster_id, ${by}, starts_at, ${COLUMNS})
      select cluster_id, ${by}, date_trunc('month', starts_at), ${SUMS_BY_NAME}
      from ${sql.table(days)} where ${within(sql`starts_at`)} and ${summed('month', sql`starts_at`, within)}
      group by cluster_id, ${by}, date_trunc('month', starts_at)`.execute(tx)
  }
}
