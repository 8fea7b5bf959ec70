import type { StatisticsDecision } from '@ostor-console/shared/statistics'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { markChanged } from './usage-changes.ts'

export type Decision = {
  decision: StatisticsDecision
  /** For `assign`: the start that it counts from. */
  assignedAt: Date | null
  decidedBy: string
  decidedAt: Date
}

export type StatisticsDecisions = ReturnType<typeof statisticsDecisionsOf>

/** What admins decide about objects that cannot be true. One that is to count is read again after it was decided. */
export const statisticsDecisionsOf = (store: Store) => ({
  /** `exclude` takes effect at once; the others with the next reading, which goes by them. */
  decide: (cluster: string, name: string, { decision, assignedAt, decidedBy, decidedAt }: Decision): Promise<void> =>
    store.transaction(async (tx) => {
      await sql`
        insert into statistics_decisions (cluster_id, name, decision, assigned_at, decided_by, decided_at)
        values (${cluster}, ${name}, ${decision}, ${assignedAt}::timestamptz, ${decidedBy}, ${decidedAt})
        on conflict (cluster_id, name) do update set decision = excluded.decision, assigned_at = excluded.assigned_at,
          decided_by = excluded.decided_by, decided_at = excluded.decided_at`.execute(tx)
      if (decision === 'exclude') await leaveOut(tx, cluster, name, 'excluded')
    }),

  /** Back to the quarantine, as if nothing had been decided. */
  withdraw: (cluster: string, name: string): Promise<void> =>
    store.transaction(async (tx) => {
      await tx.deleteFrom('statistics_decisions').where('cluster_id', '=', cluster).where('name', '=', name).execute()
      await leaveOut(tx, cluster, name, 'quarantined')
    }),
})

const leaveOut = async (
  tx: Transaction<Schema>,
  cluster: string,
  name: string,
  state: 'quarantined' | 'excluded',
): Promise<void> => {
  await markChanged(tx, cluster, [name])
  await removeRows(tx, cluster, [name])
  await tx
    .updateTable('statistics_objects')
    .set({ state, due_at: null })
    .where('cluster_id', '=', cluster)
    .where('name', '=', name)
    .execute()
}

/** The objects stay, but are not counted any more. */
export const removeRows = async (tx: Transaction<Schema>, cluster: string, names: string[]): Promise<void> => {
  if (names.length === 0) return
  await sql`delete from usage_rows where cluster_id = ${cluster} and object_no in (
    select object_no from statistics_objects where cluster_id = ${cluster} and name = any(${names}::text[]))`.execute(
    tx,
  )
  await sql`update statistics_objects set item_count = null, sha256 = null, body = null, closed_at = null,
    unchanged_since = null where cluster_id = ${cluster} and name = any(${names}::text[])`.execute(tx)
}
