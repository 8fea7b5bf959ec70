import { type RawBuilder, sql } from 'kysely'
import type { Interval } from './intervals.ts'
import type { Tiles } from './usage-tiles.ts'

/** Rows whose column lies in any of these intervals; none when there are none. */
export const within = (column: RawBuilder<unknown>, intervals: readonly Interval[]): RawBuilder<unknown> =>
  intervals.length === 0
    ? sql`false`
    : sql`(${sql.join(
        intervals.map(({ from, to }) => sql`(${column} >= ${new Date(from)} and ${column} < ${new Date(to)})`),
        sql` or `,
      )})`

/** Rows of a cluster whose column lies in the interval. */
export const inside =
  (cluster: string, interval: Interval) =>
  (column: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`cluster_id = ${cluster} and ${within(column, [interval])}`

/** What is summed by day and, from that, by month. */
export const DAYS_AND_MONTHS = [
  { by: sql`user_id, bucket`, days: 'usage_bucket_days', months: 'usage_bucket_months' },
  { by: sql`user_id`, days: 'usage_user_days', months: 'usage_user_months' },
] as const

export type By = 'user' | 'bucket'

/** Whose rows: all of the cluster when nothing is given. */
export type Subject = { userId?: string | undefined; bucket?: string | undefined }
type Only = Subject & { by?: By; ids?: string[] }

const COLUMN = { user: sql`user_id`, bucket: sql`bucket` }

/** Narrows rows down to whose they are. */
export const only = ({ userId, bucket, by, ids }: Only): RawBuilder<unknown> =>
  sql`${userId === undefined ? sql`` : sql`and user_id = ${userId}`}
    ${bucket === undefined ? sql`` : sql`and bucket = ${bucket}`}
    ${by === undefined || ids === undefined ? sql`` : sql`and ${isOneOf(COLUMN[by], ids)}`}`

// Not `any(…)`, for which DuckDB joins where it could skip whole blocks.
const isOneOf = (column: RawBuilder<unknown>, ids: string[]): RawBuilder<unknown> =>
  ids.length === 0 ? sql`false` : sql`${column} in (${sql.join(ids)})`

const COUNTERS = sql`put_ops, get_ops, list_ops, other_ops, uploaded_bytes, downloaded_bytes`

type Piece = { table: string; start: string; intervals: readonly Interval[] }

// DuckDB skips the blocks of a table that lie outside of one interval, but not those outside of one or another.
const MOST_APART = 8

const apart = (piece: Piece): Piece[] =>
  piece.intervals.length > MOST_APART || piece.intervals.length === 0
    ? [piece]
    : piece.intervals.map((interval) => ({ ...piece, intervals: [interval] }))

/**
 * The counters of a range with the start of their period as `moment`, each byte once, from the coarsest tables that its
 * tiles allow. With `by`, each row names its user as `user_id`, and its bucket as `bucket`.
 */
export const counted = (cluster: string, tiles: Tiles, filter: Only): RawBuilder<unknown> => {
  const { by, bucket } = filter
  const level = by === 'bucket' || bucket !== undefined ? 'bucket' : 'user'
  const pieces: Piece[] = [
    { table: 'usage_rows', start: 'started_at', intervals: tiles.rows },
    { table: 'usage_hours', start: 'starts_at', intervals: tiles.hours },
    { table: `usage_${level}_days`, start: 'starts_at', intervals: tiles.days },
    { table: `usage_${level}_months`, start: 'starts_at', intervals: tiles.months },
  ]
  const used = pieces.flatMap(apart).filter(({ intervals }, index) => intervals.length > 0 || index === 0)
  return sql.join(
    used.map(
      ({ table, start, intervals }) => sql`
        select ${NAMES[by ?? 'none']} ${sql.ref(start)} as moment, ${COUNTERS} from ${sql.table(table)}
        where cluster_id = ${cluster} and ${within(sql.ref(start), intervals)} ${only(filter)}`,
    ),
    sql` union all `,
  )
}

const NAMES = { none: sql``, user: sql`user_id,`, bucket: sql`user_id, bucket,` }
