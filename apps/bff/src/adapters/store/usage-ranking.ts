import type { Metric } from '@ostor-console/shared/usage'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { type By, counted } from './usage-pieces.ts'
import { COUNTS, type Counts, less, SUMS, SUMS_OF_SUMS } from './usage-sums.ts'
import type { Tiles } from './usage-tiles.ts'

export type RankingQuery = { by: By; metric: Metric; limit: number; userId?: string | undefined }

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
const ONLY_USER = { user: sql`null`, bucket: sql`case when min(user_id) = max(user_id) then min(user_id) end` }

/** The highest by one metric, and all others in one line; those that are equal stand in the order of their ids. */
export const rankingOf = async (
  db: Kysely<Schema>,
  cluster: string,
  tiles: Tiles,
  { by, metric, limit, userId }: RankingQuery,
): Promise<Ranking> => {
  const { rows } = await sql<Counts & { id: string | null; owner: string | null; members: bigint }>`
    with sums as (
      select ${GROUP[by]} as id, cast(${ONLY_USER[by]} as text) as owner, ${SUMS}, ${METRIC[metric]} as metric
      from (${counted(cluster, tiles, { by, userId })}) as pieces group by ${GROUP[by]}
    ), top as (
      select * from sums order by metric desc, id limit ${sql.lit(limit)}
    ), lines as (
      select id, owner, 1 as members, metric, ${COUNTS} from top
      union all select null, null, count(*), null, ${SUMS_OF_SUMS} from sums
    )
    select id, owner, members, ${COUNTS} from lines order by metric desc nulls last, id`.execute(db)
  const items = rows.flatMap((row) => (row.id === null ? [] : [{ ...row, id: row.id, userId: row.owner }]))
  const all = rows.find(({ id }) => id === null)
  const count = (all?.members ?? 0n) - BigInt(items.length)
  return { items, others: all && count > 0n ? { ...items.reduce<Counts>(less, all), count } : null }
}
