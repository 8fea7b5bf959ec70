import { type Kysely, sql } from 'kysely'
import { ENDED, type PageRow } from './audit-page.ts'
import type { Schema } from './schema.ts'

const MOST = 200

/** Operations that did not end well, or have not ended; of those that ended only what began since an instant. Newest first. */
export const openOf = async (db: Kysely<Schema>, cluster: string, since: Date): Promise<PageRow[]> => {
  const { rows } = await sql<PageRow>`
    with begun as (
      select * from audit where kind = 'begin' and cluster_id = ${cluster} and action not like 'session.%'
        and "at" >= ${since}
    ), ${ENDED}
    select b.seq, b."at", b.operation_id, b.kind, b.actor, b.action, b.cluster_id,
      coalesce(e.user_id, b.user_id) as user_id, b.bucket, coalesce(e.target, b.target) as target, b."before",
      coalesce(e."after", b."after") as "after", coalesce(e.outcome, b.outcome) as outcome,
      coalesce(e.detail, b.detail) as detail
    from begun as b left join ended as e on e.operation_id = b.operation_id
    where coalesce(e.outcome, b.outcome) <> 'done' order by b.seq desc limit ${sql.lit(MOST)}`.execute(db)
  return rows
}
