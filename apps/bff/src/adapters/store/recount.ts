import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Interval } from './intervals.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { DAYS_AND_MONTHS, inside } from './usage-pieces.ts'
import { type Counts, SUMS } from './usage-sums.ts'
import { DAY_MS, monthsOf } from './usage-tiles.ts'

export type KeptBody = {
  name: string
  objectNo: bigint
  startedAt: Date
  sha256: string | null
  body: Uint8Array | null
}
export type HourSums = Counts & { userId: string; bucket: string; hour: Date }
export type Counted = {
  day: Date
  at: Date
  objects: number
  objectsWithoutBody: number
  differences: number
  detail: string | null
}
export type RecountStore = ReturnType<typeof recountOf>

const DAY = sql`interval '1 day'`

/** What a count from raw bodies is compared with, and what came of it. */
export const recountOf = (store: Store) => ({
  /** Everything of a day as it was at one instant. */
  reading: <T>(cluster: string, day: Date, work: (reading: Reading) => Promise<T>): Promise<T> =>
    store.snapshot((tx) => work(readingOf(tx, cluster, day))),

  /** The clusters whose objects were listed. */
  async clusters(): Promise<string[]> {
    const rows = await store.db.selectFrom('collector_state').select('cluster_id').orderBy('cluster_id').execute()
    return rows.map(({ cluster_id }) => cluster_id)
  },

  /** Whether all of the day was listed and is final, and its roll-ups are made. */
  async isFinal(cluster: string, day: Date): Promise<boolean> {
    const within = inside(cluster, dayOf(day))
    const { rows } = await sql<{ open: bigint; listed: bigint }>`
      select (select count(*) from statistics_objects where state in ('listed', 'open') and ${within(sql`started_at`)})
        + (select count(*) from usage_changes where ${within(sql`starts_at`)}) as open,
        (select count(*) from collector_state
          where cluster_id = ${cluster} and covers_until >= ${day}::timestamptz + ${DAY}) as listed`.execute(store.db)
    return Number(rows[0]?.open) === 0 && rows[0]?.listed === 1n
  },

  async record(cluster: string, counted: Counted): Promise<void> {
    await store.db
      .insertInto('recounts')
      .values({
        cluster_id: cluster,
        day: counted.day,
        counted_at: counted.at,
        objects: BigInt(counted.objects),
        objects_without_body: BigInt(counted.objectsWithoutBody),
        differences: BigInt(counted.differences),
        detail: counted.detail,
      })
      .execute()
  },

  /** The days up to one that were counted again, the earliest first. */
  async daysUpTo(cluster: string, last: Date): Promise<Date[]> {
    const rows = await store.db
      .selectFrom('recounts')
      .select('day')
      .distinct()
      .where('cluster_id', '=', cluster)
      .where('day', '<=', last)
      .orderBy('day')
      .execute()
    return rows.map(({ day }) => day)
  },

  /** Drops the raw bodies of final objects that start before an instant; their hash and their rows stay. */
  async dropBodies(cluster: string, before: Date): Promise<void> {
    await sql`update statistics_objects set body = null where cluster_id = ${cluster} and body is not null
      and closed_at is not null and started_at < ${before}`.execute(store.db)
  },
})

type Reading = ReturnType<typeof readingOf>

const dayOf = (day: Date): Interval => ({ from: day.getTime(), to: day.getTime() + DAY_MS })

const readingOf = (db: Kysely<Schema>, cluster: string, day: Date) => {
  const within = inside(cluster, dayOf(day))
  return {
    /** The counted objects that start on the day, some at a time, by their number. */
    async bodies(after: bigint, limit: number): Promise<KeptBody[]> {
      const { rows } = await sql<KeptBody>`
      select name, object_no as "objectNo", started_at as "startedAt", sha256, body from statistics_objects
      where ${within(sql`started_at`)} and item_count is not null and object_no > ${after}
      order by object_no limit ${sql.lit(limit)}`.execute(db)
      return rows
    },

    /** Sums of the stored rows by user, bucket and hour, without the objects whose raw body is no longer kept. */
    async rows(): Promise<HourSums[]> {
      const { rows } = await sql<HourSums>`
      select user_id as "userId", bucket, date_trunc('hour', started_at) as hour, ${SUMS} from usage_rows
      where ${within(sql`started_at`)} and object_no not in (select object_no from statistics_objects
        where ${within(sql`started_at`)} and item_count is not null and body is null)
      group by 1, 2, 3`.execute(db)
      return rows
    },

    /** How many sums of the roll-ups differ from what they are made of: the day's, and with the last day those of its month. */
    async rollUpDifferences(): Promise<number> {
      const hour = sql`date_trunc('hour', started_at)`
      const ofDay = await differingIn(db, within, [
        [sums('usage_hours', sql`starts_at`, within), sums('usage_rows', hour, within, sql`started_at`)],
        ...DAYS_AND_MONTHS.map(
          ({ by, days }): Pair => [sums(days, by, within), sums('usage_rows', by, within, sql`started_at`)],
        ),
      ])
      const [month] = monthsOf([day])
      if (month?.to !== dayOf(day).to) return ofDay
      const times = inside(cluster, month)
      const pairs = DAYS_AND_MONTHS.map(
        ({ by, days, months }): Pair => [sums(months, by, times), sums(days, by, times)],
      )
      return ofDay + (await differingIn(db, times, pairs))
    },
  }
}

type Times = (column: RawBuilder<unknown>) => RawBuilder<unknown>
type Pair = [RawBuilder<unknown>, RawBuilder<unknown>]

const sums = (table: string, by: RawBuilder<unknown>, times: Times, start = sql`starts_at`): RawBuilder<unknown> => sql`
  select ${by}, sum(put_ops), sum(get_ops), sum(list_ops), sum(other_ops), sum(uploaded_bytes), sum(downloaded_bytes)
  from ${sql.table(table)} where ${times(start)} group by ${by}`

/** Roll-ups that are known to be older than what they are made of, or to be missing, are not used, and none is compared. */
const differingIn = async (db: Kysely<Schema>, times: Times, pairs: Pair[]): Promise<number> => {
  const stale = await sql<{ n: bigint }>`
    select (select count(*) from usage_changes where ${times(sql`starts_at`)})
      + (select count(*) from usage_unsummed where ${times(sql`starts_at`)}) as n`.execute(db)
  if (stale.rows[0]?.n !== 0n) return 0
  const differences = pairs.map(
    ([one, other]) =>
      sql`(select count(*) from (((${one}) except (${other})) union all ((${other}) except (${one}))) as d)`,
  )
  const { rows } = await sql<{ n: bigint }>`select ${sql.join(differences, sql` + `)} as n`.execute(db)
  return Number(rows[0]?.n ?? 0n)
}
