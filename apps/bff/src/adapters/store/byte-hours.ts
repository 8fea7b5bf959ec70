import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { untoldIn } from './untold-sizes.ts'

type Range = { from: Date; to: Date }

/** What the running total of a sample has come to at an hour after it; `bytes` stood from the one to the other. */
export const totalAt = (at: Date) =>
  sql`byte_hours + bytes * cast(round(extract(epoch from (cast(${at} as timestamptz) - sampled_at)) / 3600) as bigint)`

/** The last sample of each user at an hour or before it, as `user_id` and `total`. */
export const lastOfUsers = (cluster: string, at: Date, total: RawBuilder<unknown>, ids?: readonly string[]) => sql`
  select distinct on (id) id as user_id, ${total} as total from storage_samples
  where cluster_id = ${cluster} and kind = 'user' and sampled_at <= ${at}
    ${ids === undefined ? sql`` : sql`and id = any(${ids}::text[])`} order by id, sampled_at desc`

/**
 * Byte-hours of each user between two hours at which sizes were sampled, as `user_id`, `byte_hours` and `is_partial`: by
 * how much the running total grew, less what came in late and may be of an earlier time. Who has no sample stored nothing,
 * unless sizes of theirs were not told.
 */
export const grownBetween = (cluster: string, range: Range, ids?: readonly string[]) => {
  const { from, to } = range
  const grown = sql`coalesce(late.total, 0) - coalesce(early.total, 0) - coalesce(untold.caught_up, 0)`
  return sql`
    select coalesce(late.user_id, untold.user_id) as user_id, coalesce(is_partial, false) as is_partial,
      case when is_partial then nullif(${grown}, 0) else ${grown} end as byte_hours
    from (${lastOfUsers(cluster, to, totalAt(to), ids)}) as late
    left join (${lastOfUsers(cluster, from, totalAt(from), ids)}) as early on early.user_id = late.user_id
    full join (${untoldIn(cluster, range, ids)}) as untold on untold.user_id = late.user_id`
}

/** The first and the last hour of a range at which sizes were sampled; `null` without two such hours. */
export const sampledIn = async (db: Kysely<Schema>, cluster: string, { from, to }: Range): Promise<Range | null> => {
  const { rows } = await sql<Record<'first' | 'last', Date | null>>`
    select min(sampled_at) as first, max(sampled_at) as last from storage_runs
    where cluster_id = ${cluster} and sampled_at >= ${from} and sampled_at <= ${to}`.execute(db)
  const { first = null, last = null } = rows[0] ?? {}
  return first === null || last === null || first.getTime() === last.getTime() ? null : { from: first, to: last }
}
