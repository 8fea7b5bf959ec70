import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { silencesIn } from './untold-sizes.ts'

type Range = { from: Date; to: Date }

/** What the running total of a sample has come to at an hour after it; `bytes` stood from the one to the other. */
export const totalAt = (at: Date | RawBuilder<unknown>) =>
  sql`byte_hours + bytes * cast(round(extract(epoch from (cast(${at} as timestamptz) - sampled_at)) / 3600) as bigint)`

/** The last sample of each user at an hour or before it, as `user_id` and `total`. */
export const lastOfUsers = (cluster: string, at: Date, total: RawBuilder<unknown>, ids?: readonly string[]) => sql`
  select distinct on (id) id as user_id, ${total} as total from storage_samples
  where cluster_id = ${cluster} and kind = 'user' and sampled_at <= ${at}
    ${ids === undefined ? sql`` : sql`and id = any(${ids}::text[])`} order by id, sampled_at desc`

/**
 * Byte-hours of each user between two hours at which sizes were sampled, as `user_id`, `byte_hours` and `is_partial`: by
 * how much the running total grew. Who has no sample stored nothing, unless sizes of theirs were not told. Once they are,
 * all that was stored meanwhile is there at once: so theirs are those between two hours at which all were told, if any.
 */
export const grownBetween = (cluster: string, range: Range, ids?: readonly string[]) => {
  const { from, to } = range
  const theirs = (at: RawBuilder<unknown>) => sql`(
    select ${totalAt(at)} from storage_samples where cluster_id = ${cluster} and kind = 'user' and id = told.user_id
      and sampled_at <= ${at} order by sampled_at desc limit 1)`
  return sql`
    select late.user_id, late.total - coalesce(early.total, 0) as byte_hours, false as is_partial
    from (${lastOfUsers(cluster, to, totalAt(to), ids)}) as late
    left join (${lastOfUsers(cluster, from, totalAt(from), ids)}) as early on early.user_id = late.user_id
    where late.user_id not in (select user_id from (${toldBetween(cluster, range)}) as told)
    union all
    select user_id, nullif(${theirs(sql`told.to_at`)} - coalesce(${theirs(sql`told.from_at`)}, 0), 0), is_partial
    from (${toldBetween(cluster, range)}) as told
    ${ids === undefined ? sql`` : sql`where user_id = any(${ids}::text[])`}`
}

/**
 * Of each user with sizes that were not told between two hours, the first and the last hour at which all were, as
 * `from_at` and `to_at`; where there are no two, hours between which nothing that was not told comes in. `is_partial`:
 * byte-hours between the two are the least.
 */
export const toldBetween = (cluster: string, { from, to }: Range) => sql`
  select user_id, case when told_to < told_from then ${from} else told_from end as from_at,
    case when told_to <= told_from then ${to} else told_to end as to_at,
    is_lost or told_from > ${from} or told_to < ${to} as is_partial
  from (
    select id as user_id, bool_or(is_lost) as is_lost,
      coalesce(max(until) filter (where since < ${from} and until > ${from}), ${from}) as told_from,
      coalesce(min(since) filter (where since < ${to} and until > ${to}), ${to}) as told_to
    from (${silencesIn(cluster, { from, to }, 'user')}) as silences group by id
  ) as ends`

/** The first and the last hour of a range at which sizes were sampled; `null` without two such hours. */
export const sampledIn = async (db: Kysely<Schema>, cluster: string, { from, to }: Range): Promise<Range | null> => {
  const { rows } = await sql<Record<'first' | 'last', Date | null>>`
    select min(sampled_at) as first, max(sampled_at) as last from storage_runs
    where cluster_id = ${cluster} and sampled_at >= ${from} and sampled_at <= ${to}`.execute(db)
  const { first = null, last = null } = rows[0] ?? {}
  return first === null || last === null || first.getTime() === last.getTime() ? null : { from: first, to: last }
}
