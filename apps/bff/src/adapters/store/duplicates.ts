import { said } from '@ostor-console/shared/said'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import { removeRows } from './statistics-changes.ts'
import { markChanged } from './usage-changes.ts'

type Pair = { name: string; object_no: bigint; other_name: string; other_no: bigint; isLater: boolean }

/**
 * The same data under another name: two objects of one service that cover the same time, for more than half of it, and
 * hold the same rows. The one that begins first counts, whichever came first; the other goes to the quarantine unless an
 * admin had it counted.
 */
export const yieldDuplicates = async (tx: Transaction<Schema>, cluster: string, names: string[]): Promise<void> => {
  for (const pair of await overlapping(tx, cluster, names)) {
    const [loser, winner] = pair.isLater ? [pair.name, pair.other_name] : [pair.other_name, pair.name]
    if (!(await holdTheSame(tx, cluster, pair)) || (await isDecided(tx, cluster, loser))) continue
    await markChanged(tx, cluster, [loser])
    await removeRows(tx, cluster, [loser])
    await tx
      .updateTable('statistics_objects')
      .set({
        state: 'quarantined',
        due_at: null,
        reason: said`It covers the same time as ${winner} and has the same rows.`,
      })
      .where('cluster_id', '=', cluster)
      .where('name', '=', loser)
      .execute()
  }
}

const overlapping = async (tx: Transaction<Schema>, cluster: string, names: string[]): Promise<Pair[]> => {
  if (names.length === 0) return []
  const { rows } = await sql<Pair>`
    with own as (
      select name, object_no, service_id, started_at, period_s, item_count from statistics_objects
      where cluster_id = ${cluster} and name = any(${names}::text[]) and item_count > 0
    ), span as (
      select min(started_at) - interval '1 day' as first, max(started_at) + interval '1 day' as last from own
    )
    select a.name, a.object_no, b.name as other_name, b.object_no as other_no,
      (a.started_at, a.name) > (b.started_at, b.name) as "isLater"
    from own as a join statistics_objects as b on b.service_id = a.service_id
    where b.cluster_id = ${cluster} and b.name <> a.name and b.item_count = a.item_count
      and b.started_at > (select first from span) and b.started_at < (select last from span)
      and least(a.started_at + a.period_s * interval '1 second', b.started_at + b.period_s * interval '1 second')
        - greatest(a.started_at, b.started_at) > least(a.period_s, b.period_s) * interval '500 milliseconds'
    order by a.started_at, a.name`.execute(tx)
  return rows
}

const KEYS_AND_COUNTERS = sql`bucket, epoch, user_id, tag, put_ops, get_ops, list_ops, other_ops, uploaded_bytes,
  downloaded_bytes`

const holdTheSame = async (tx: Transaction<Schema>, cluster: string, { object_no, other_no }: Pair) => {
  const rowsOf = (objectNo: bigint) => sql`
    select ${KEYS_AND_COUNTERS} from usage_rows where cluster_id = ${cluster} and object_no = ${objectNo}`
  const { rows } = await sql<{ different: bigint; own: bigint }>`
    select (select count(*) from (${rowsOf(object_no)} except ${rowsOf(other_no)}) as d) as different,
      (select count(*) from (${rowsOf(object_no)}) as o) as own`.execute(tx)
  return rows[0]?.different === 0n && rows[0].own > 0n
}

const isDecided = async (tx: Transaction<Schema>, cluster: string, name: string): Promise<boolean> => {
  const row = await tx
    .selectFrom('statistics_decisions')
    .select('decision')
    .where('cluster_id', '=', cluster)
    .where('name', '=', name)
    .executeTakeFirst()
  return row !== undefined
}
