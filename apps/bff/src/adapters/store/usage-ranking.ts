import type { Metric } from '@ostor-console/shared/usage'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { type Counts, SUMS } from './usage-sums.ts'

export type RankingQuery = {
  cluster: string
  from: Date
  to: Date
  by: 'user' | 'bucket'
  metric: Metric
  limit: number
  userId?: string | undefined
}

/** `userId` is that of a bucket whose rows all name the same user. */
export type Ranked = Counts & { id: string; userId: string | null }
export type Ranking = { items: Ranked[]; others: (Counts & { count: bigint }) | null }

const METRIC = {
  traffic: sql`sum(uploaded_bytes) + sum(downloaded_bytes)`,
  uploadedBytes: sql`sum(uploaded_bytes)`,
  downloadedBytes: sql`sum(downloaded_bytes)`,
  operations: sql`sum(put_ops) + sum(get_ops) + sum(list_ops) + sum(other_ops)`,
} satisfies Record<Metric, unknown>

const GROUP = { user: sql`user_id`, bucket: sql`bucket` }

/** The highest by one metric, and all others in one line; those that are equal stand in the order of their ids. */
export const rankingOf = async (db: Kysely<Schema>, query: RankingQuery): Promise<Ranking> => {
  const { cluster, from, to, by, metric, limit, userId } = query
  const { rows } = await sql<Counts & { id: string | null; members: bigint }>`
    with sums as (
      select ${GROUP[by]} as id, sum(uploaded_bytes) as uploaded_bytes, sum(downloaded_bytes) as downloaded_bytes,
        sum(put_ops) as put_ops, sum(get_ops) as get_ops, sum(list_ops) as list_ops, sum(other_ops) as other_ops,
        row_number() over (order by ${METRIC[metric]} desc, ${GROUP[by]}) as place
      from usage_rows
      where cluster_id = ${cluster} and started_at >= ${from} and started_at < ${to}
        ${userId === undefined ? sql`` : sql`and user_id = ${userId}`}
      group by ${GROUP[by]}
    ), places as (
      select *, case when place <= ${sql.lit(limit)} then place else ${sql.lit(limit)} + 1 end as line from sums
    )
    select case when line <= ${sql.lit(limit)} then min(id) end as id, count(*) as members, ${SUMS}
    from places group by line order by line`.execute(db)
  const rest = rows.find(({ id }) => id === null)
  const items = rows.flatMap((row) => (row.id === null ? [] : [{ ...row, id: row.id }]))
  const owners =
    by === 'bucket'
      ? await onlyUsersOf(
          db,
          query,
          items.map(({ id }) => id),
        )
      : new Map<string, string>()
  return {
    items: items.map((item) => ({ ...item, userId: owners.get(item.id) ?? null })),
    others: rest ? { ...rest, count: rest.members } : null,
  }
}

const onlyUsersOf = async (db: Kysely<Schema>, { cluster, from, to }: RankingQuery, buckets: string[]) => {
  const { rows } = await sql<{ bucket: string; first: string; last: string }>`
    select bucket, min(user_id) as first, max(user_id) as last from usage_rows
    where cluster_id = ${cluster} and bucket = any(${buckets}::text[]) and started_at >= ${from} and started_at < ${to}
    group by bucket`.execute(db)
  return new Map(rows.flatMap(({ bucket, first, last }) => (first === last ? [[bucket, first] as const] : [])))
}
