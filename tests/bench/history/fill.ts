import { sql } from 'kysely'
import { rollUpsOf } from '../../../apps/bff/src/adapters/store/roll-ups.ts'
import type { Store } from '../../../apps/bff/src/adapters/store/store.ts'

export type History = { users: number; buckets: number; itemsPerObject: number; days: number }

/** As the console names the one gateway of its settings. */
export const CLUSTER = 'default'
const SERVICES = 2
const PERIODS_A_DAY = 48
const PERIOD_S = 1800
const OBJECTS_AT_ONCE = 2_000

const objectsIn = ({ days }: History): number => days * PERIODS_A_DAY * SERVICES
export const rowsIn = (history: History): number => objectsIn(history) * history.itemsPerObject
export const userId = (number: number): string => number.toString(16).padStart(16, '0')
export const bucketName = (number: number): string => `bucket-${number}`

/**
 * Fills an empty store with the history of a cluster until now: half of each object's rows are those of the busiest
 * buckets, the others a sample of all. The roll-ups are made by the product's own code. Answers how long they took.
 */
export const fill = async (store: Store, history: History, end: Date): Promise<{ rollUpsMs: number }> => {
  const { users, buckets, itemsPerObject, days } = history
  const start = new Date(end.getTime() - days * 86_400_000)
  const head = Math.min(Math.ceil(itemsPerObject / 2), buckets)
  const others = Math.max(1, buckets - head)
  const at = sql`${start}::timestamptz + (o / ${sql.lit(SERVICES)}) * ${sql.lit(PERIOD_S)} * interval '1 second'`
  const service = sql`'800000000000006' || (5 + o % ${sql.lit(SERVICES)})`
  for (let from = 0; from < objectsIn(history); from += OBJECTS_AT_ONCE) {
    const to = Math.min(from + OBJECTS_AT_ONCE, objectsIn(history)) - 1
    await sql`
      insert into statistics_objects (cluster_id, name, object_no, service_id, started_at, nominal_s, period_s, state,
        format_version, item_count, sha256, first_listed_at, read_at, unchanged_since, closed_at, tries)
      select ${CLUSTER}::text, 's3-usage-' || ${service} || '-' || o, o, ${service}, ${at}, ${sql.lit(PERIOD_S)},
        ${sql.lit(PERIOD_S)}, 'closed', 1, ${sql.lit(itemsPerObject)}, md5(cast(o as text)), ${end}::timestamptz,
        ${end}::timestamptz, ${end}::timestamptz, ${end}::timestamptz, 0
      from generate_series(${sql.lit(from)}::bigint, ${sql.lit(to)}::bigint) as s(o)`.execute(store.db)
    await sql`
      insert into usage_rows (cluster_id, user_id, bucket, epoch, tag, object_no, started_at, put_ops, get_ops,
        list_ops, other_ops, uploaded_bytes, downloaded_bytes)
      select ${CLUSTER}::text, lpad(to_hex(b % ${sql.lit(users)}), 16, '0'), 'bucket-' || b, 1, '', o, ${at},
        (o * 31 + i) % 100, (o * 17 + i) % 500, i % 20, i % 7, (o * 7919 + i * 31) % 100000000 / (i + 1),
        (o * 104729 + i * 17) % 900000000 / (i + 1)
      from (
        select o, i, cast(case when i < ${sql.lit(head)} then i
          else ${sql.lit(head)} + (o * 7919 + i * 104729) % ${sql.lit(others)} end as bigint) as b
        from generate_series(${sql.lit(from)}::bigint, ${sql.lit(to)}::bigint) as s(o)
        cross join generate_series(0::bigint, ${sql.lit(itemsPerObject - 1)}::bigint) as t(i)
      ) as made`.execute(store.db)
  }
  await sql`
    insert into usage_changes (cluster_id, grain, starts_at)
    select distinct ${CLUSTER}::text, g.grain, date_trunc(g.grain, started_at)
    from statistics_objects cross join (values ('hour'), ('day')) as g(grain)`.execute(store.db)
  await sql`insert into collector_state (cluster_id, listed_at, fully_listed_at, covers_until)
    values (${CLUSTER}, ${end}, ${end}, ${end})`.execute(store.db)
  if (store.engine === 'postgresql') await sql`analyze`.execute(store.db)
  const before = performance.now()
  await rollUpsOf(store).refresh(CLUSTER, { until: end })
  const rollUpsMs = performance.now() - before
  if (store.engine === 'postgresql') await sql`analyze`.execute(store.db)
  return { rollUpsMs }
}
