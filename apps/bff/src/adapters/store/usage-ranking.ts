import type { Metric } from '@ostor-console/shared/usage'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { type By, counted } from './usage-pieces.ts'
import { type Counts, less, SUMS } from './usage-sums.ts'
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

type Rank = { id: string; members: bigint }

/** From where the counters come: of each by itself, and of all together. */
export type RankingTiles = { each: Tiles; all: Tiles }

/** The highest by one metric, and all others in one line; those that are equal stand in the order of their ids. */
export const rankingOf = async (
  db: Kysely<Schema>,
  cluster: string,
  { each, all }: RankingTiles,
  { by, metric, limit, userId }: RankingQuery,
): Promise<Ranking> => {
  // Only what decides is summed for everybody, which may be a hundred thousand.
  const { rows: ranks } = await sql<Rank>`
    select ${GROUP[by]} as id, count(*) over () as members from (${counted(cluster, each, { by, userId })}) as pieces
    group by ${GROUP[by]} order by ${METRIC[metric]} desc, id limit ${sql.lit(limit)}`.execute(db)
  if (ranks.length === 0) return { items: [], others: null }
  const ids = ranks.map(({ id }) => id)
  const { rows } = await sql<Ranked>`
    select ${GROUP[by]} as id, cast(${ONLY_USER[by]} as text) as "userId", ${SUMS}
    from (${counted(cluster, each, { by, ids, userId })}) as pieces group by ${GROUP[by]}`.execute(db)
  const { rows: whole } = await sql<Counts>`
    select ${SUMS} from (${counted(cluster, all, { userId })}) as pieces`.execute(db)

  const byId = new Map(rows.map((row) => [row.id, row]))
  const items = ids.flatMap((id) => byId.get(id) ?? [])
  const count = (ranks[0]?.members ?? 0n) - BigInt(items.length)
  return { items, others: whole[0] && count > 0n ? { ...items.reduce<Counts>(less, whole[0]), count } : null }
}
