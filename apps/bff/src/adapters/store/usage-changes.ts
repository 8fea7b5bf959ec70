import { type Kysely, sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import type { Changed } from './usage-tiles.ts'

/**
 * Says that the roll-ups of the hours and days in which these objects start are older than their rows. To be called in
 * the transaction that changes an object's rows, state or start; before and after it where the start may change.
 */
export const markChanged = async (tx: Transaction<Schema>, cluster: string, names: string[]): Promise<void> => {
  if (names.length === 0) return
  await sql`
    insert into usage_changes (cluster_id, grain, starts_at)
    select distinct o.cluster_id, g.grain, date_trunc(g.grain, o.started_at)
    from statistics_objects as o cross join (values ('hour'), ('day')) as g(grain)
    where o.cluster_id = ${cluster} and o.name = any(${names}::text[])`.execute(tx)
}

/** The same for objects whose starts are known, before and after the change. */
export const markStarts = async (tx: Transaction<Schema>, cluster: string, starts: Date[]): Promise<void> => {
  if (starts.length === 0) return
  await sql`
    insert into usage_changes (cluster_id, grain, starts_at)
    select distinct ${cluster}::text, g.grain, date_trunc(g.grain, s.started_at)
    from (select unnest(${starts}::timestamptz[]) as started_at) as s
      cross join (values ('hour'), ('day')) as g(grain)`.execute(tx)
}

/** The hours, days and months whose roll-ups must not be used. */
export const changedOf = async (db: Kysely<Schema>, cluster: string): Promise<Changed> => {
  const { rows } = await sql<{ grain: 'hour' | 'day' | 'month'; starts_at: Date; is_change: boolean }>`
    select grain, starts_at, bool_or(is_change) as is_change from (
      select grain, starts_at, true as is_change from usage_changes where cluster_id = ${cluster}
      union all select grain, starts_at, false from usage_unsummed where cluster_id = ${cluster}) as stale
    group by 1, 2 order by starts_at`.execute(db)
  const startsOf = (grain: string) => rows.flatMap((row) => (row.grain === grain ? [row.starts_at] : []))
  const unexamined = rows.flatMap((row) => (row.grain === 'hour' && row.is_change ? [row.starts_at] : []))
  return { hours: startsOf('hour'), days: startsOf('day'), months: startsOf('month'), unexamined }
}
