import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { only, type Subject } from './usage-pieces.ts'
import { type Counts, SUMS } from './usage-sums.ts'

/** What one final statistics object counts of a subject, over the seconds that the object itself says it covers. */
export type PeriodCounts = Counts & { startedAt: Date; seconds: number }

/** The final objects that start in the range and count something of the subject, by start. */
export const countsByPeriod = async (
  db: Kysely<Schema>,
  cluster: string,
  { from, to }: { from: Date; to: Date },
  subject: Subject,
): Promise<PeriodCounts[]> => {
  const { rows } = await sql<PeriodCounts>`
    with amounts as (
      select object_no, ${SUMS} from usage_rows
      where cluster_id = ${cluster} and started_at >= ${from} and started_at < ${to} ${only(subject)}
      group by object_no
    )
    select objects.started_at as "startedAt", objects.period_s as seconds, amounts.*
    from amounts join statistics_objects as objects on objects.object_no = amounts.object_no
    where objects.cluster_id = ${cluster} and objects.started_at >= ${from} and objects.started_at < ${to}
      and objects.item_count is not null and objects.closed_at is not null and objects.period_s > 0
    order by objects.started_at, objects.object_no`.execute(db)
  return rows
}
