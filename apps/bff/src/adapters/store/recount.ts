import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { type Counts, SUMS } from './usage-sums.ts'

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

  /** Whether all of the day was listed and is final, and its roll-ups are made. */
  async isFinal(cluster: string, day: Date): Promise<boolean> {
    const within = (column: RawBuilder<unknown>) => inside(cluster, day, column)
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

  /** The latest day that was counted again. */
  async lastDay(cluster: string): Promise<Date | null> {
    const row = await store.db
      .selectFrom('recounts')
      .select(({ fn }) => fn.max('day').as('day'))
      .where('cluster_id', '=', cluster)
      .executeTakeFirst()
    return row?.day ?? null
  },

  /** Drops the raw bodies of final objects that start before an instant; their hash and their rows stay. */
  async dropBodies(cluster: string, before: Date): Promise<void> {
    await sql`update statistics_objects set body = null where cluster_id = ${cluster} and body is not null
      and closed_at is not null and started_at < ${before}`.execute(store.db)
  },
})

type Reading = ReturnType<typeof readingOf>

const inside = (cluster: string, day: Date, column: RawBuilder<unknown>) =>
  sql`cluster_id = ${cluster} and ${column} >= ${day} and ${column} < ${day}::timestamptz + ${DAY}`

const readingOf = (db: Kysely<Schema>, cluster: string, day: Date) => {
  const within = (column: RawBuilder<unknown>) => inside(cluster, day, column)
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

    /** How many sums of the roll-ups differ from those of the rows. */
    async rollUpDifferences(): Promise<number> {
      const counters = sql`sum(put_ops), sum(get_ops), sum(list_ops), sum(other_ops), sum(uploaded_bytes),
      sum(downloaded_bytes)`
      const differing = (rollUp: string, key: RawBuilder<unknown>, rowKey: RawBuilder<unknown>) => {
        const kept = sql`select ${key}, ${counters} from ${sql.table(rollUp)} where ${within(sql`starts_at`)} group by ${key}`
        const made = sql`select ${rowKey}, ${counters} from usage_rows where ${within(sql`started_at`)} group by ${rowKey}`
        return sql`(select count(*) from (((${kept}) except (${made})) union all ((${made}) except (${kept}))) as d)`
      }
      const { rows } = await sql<{ n: bigint; stale: bigint }>`
      select ${differing('usage_hours', sql`starts_at`, sql`date_trunc('hour', started_at)`)}
        + ${differing('usage_user_days', sql`user_id`, sql`user_id`)}
        + ${differing('usage_bucket_days', sql`user_id, bucket`, sql`user_id, bucket`)} as n,
        (select count(*) from usage_changes where ${within(sql`starts_at`)})
          + (select count(*) from usage_unsummed where ${within(sql`starts_at`)}) as stale`.execute(db)
      // Roll-ups that are known to be older than their rows, or to be missing, are not used.
      return rows[0]?.stale === 0n ? Number(rows[0].n) : 0
    },
  }
}
