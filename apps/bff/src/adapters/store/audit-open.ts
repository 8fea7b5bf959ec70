import { type Kysely, type RawBuilder, sql } from 'kysely'
import { AS_KNOWN, ENDED, isKnownWithin, type PageRow } from './audit-page.ts'
import { UNDECIDED } from './audit-unseen.ts'
import type { Schema } from './schema.ts'
import type { Within } from './within.ts'

const MOST = 200
const IS_UNDECIDED = sql`coalesce(e.detail, '') like ${`${UNDECIDED}%`}`
const OUTCOME = sql`coalesce(e.outcome, b.outcome)`

/** What the console itself does in its store, which nothing at the gateway can show. */
const UNCHECKED = sql`b.action in ('statistics.decide', 'gap.decide', 'retention.delete', 'audit.export', 'admin.create',
  'scheduled.add', 'scheduled.move', 'scheduled.stop')`

/** Operations of the cluster that began at an instant or later, newest first. */
const those = async (
  db: Kysely<Schema>,
  cluster: string,
  since: Date | null,
  which: RawBuilder<unknown>,
  within: Within | undefined,
): Promise<PageRow[]> => {
  const { rows } = await sql<PageRow>`
    with begun as (
      select * from audit where kind = 'begin' and cluster_id = ${cluster} and action not like 'session.%'
        ${since === null ? sql`` : sql`and "at" >= ${since}`}
    ), ${ENDED}
    select ${AS_KNOWN}
    from begun as b left join ended as e on e.operation_id = b.operation_id
    where ${which} and ${within === undefined ? sql`true` : isKnownWithin(within)} order by b.seq desc limit ${sql.lit(MOST)}`.execute(
    db,
  )
  return rows
}

/** Under way, or being found out. */
export const openOf = (db: Kysely<Schema>, cluster: string, within?: Within): Promise<PageRow[]> =>
  those(
    db,
    cluster,
    null,
    sql`${OUTCOME} in ('started', 'unknown') and not ${IS_UNDECIDED} and not ${UNCHECKED}`,
    within,
  )

/** Nothing more can be learned of them. */
export const undecidedOf = (db: Kysely<Schema>, cluster: string, since: Date, within?: Within): Promise<PageRow[]> =>
  those(db, cluster, since, sql`${OUTCOME} in ('started', 'unknown') and (${IS_UNDECIDED} or ${UNCHECKED})`, within)

export const failedOf = (db: Kysely<Schema>, cluster: string, since: Date, within?: Within): Promise<PageRow[]> =>
  those(db, cluster, since, sql`${OUTCOME} in ('refused', 'not-done')`, within)
