import { sql } from 'kysely'
import { AS_KNOWN, creationsOf } from './audit-page.ts'
import { type KnownRow, type OwnOperation, operationOf, type Sighting, sightingOf } from './comparisons.ts'
import type { Store } from './store.ts'

export type UserHistory = {
  /** In the order in which it became known how they ended. */
  operations: OwnOperation[]
  /** In the order of time. */
  sightings: Sighting[]
  auditSince: Date | null
  comparedSince: Date | null
  /** The last comparison up to the instant that could look at every user. */
  settledAt: Date | null
}

/** All that the store knows of one user. */
export const userHistoryOf =
  ({ snapshot }: Pick<Store, 'snapshot'>) =>
  (cluster: string, userId: string, at: Date): Promise<UserHistory> =>
    snapshot(async (tx) => {
      const created = await creationsOf(tx, userId)
      const { rows: operations } = await sql<KnownRow>`
        with begun as (
          select *, (select max(l.seq) from audit as l
            where l.operation_id = audit.operation_id and l.kind = 'end') as last_seq
          from audit where kind = 'begin' and cluster_id = ${cluster} and action not like '%-outside'
            and (user_id = ${userId} or operation_id in (${sql.join(['', ...created])}))
        )
        select ${AS_KNOWN}, coalesce(b.last_seq, b.seq) as last_seq, coalesce(e."at", b."at") as known_at
        from begun as b left join audit as e on e.seq = b.last_seq order by last_seq`.execute(tx)
      const sightings = await tx
        .selectFrom('user_sightings')
        .selectAll()
        .where('cluster_id', '=', cluster)
        .where('user_id', '=', userId)
        .orderBy('seen_at')
        .execute()
      const first = await tx.selectFrom('audit').select('at').orderBy('seq').limit(1).executeTakeFirst()
      const comparisons = await tx
        .selectFrom('comparisons')
        .select(({ fn }) => fn.min('compared_at').as('since'))
        .where('cluster_id', '=', cluster)
        .executeTakeFirst()
      const settled = await tx
        .selectFrom('comparisons')
        .select(({ fn }) => fn.max('settled_at').as('at'))
        .where('cluster_id', '=', cluster)
        .where('compared_at', '<=', at)
        .executeTakeFirst()
      return {
        operations: operations.map(operationOf),
        sightings: sightings.map(sightingOf),
        auditSince: first?.at ?? null,
        comparedSince: comparisons?.since ?? null,
        settledAt: settled?.at ?? null,
      }
    })
