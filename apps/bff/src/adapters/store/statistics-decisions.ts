import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { StatisticsDecision } from '@ostor-console/shared/statistics'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import { removeRows, type StoredChange } from './statistics-changes.ts'
import { saveChanges } from './statistics-saving.ts'
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

/** What admins decide about objects that cannot be true. One that is to count is stored as it was read for that. */
export const statisticsDecisionsOf = (store: Store) => ({
  /** Takes effect at once, with what was read by it; `null` is for `exclude`, for which nothing is read. */
  decide: (cluster: string, name: string, decided: Decision, read: StoredChange | null): Promise<void> =>
    store.transaction(async (tx) => {
      const { decision, assignedAt, decidedBy, decidedAt } = decided
      await sql`
        insert into statistics_decisions (cluster_id, name, decision, assigned_at, decided_by, decided_at)
        values (${cluster}, ${name}, ${decision}, ${assignedAt}::timestamptz, ${decidedBy}, ${decidedAt})
        on conflict (cluster_id, name) do update set decision = excluded.decision, assigned_at = excluded.assigned_at,
          decided_by = excluded.decided_by, decided_at = excluded.decided_at`.execute(tx)
      if (!read) return leaveOut(tx, cluster, name, { state: 'excluded', dueAt: null })
      const taken = await saveChanges(tx, store.engine, cluster, [read], { isDecided: true })
      if (!taken.has(name)) throw problem('changed-meanwhile', { detail: READ_LATER })
    }),

  /** Back to the quarantine, and to be read again at `dueAt` as if nothing had been decided. */
  withdraw: (cluster: string, name: string, dueAt: Date): Promise<void> =>
    store.transaction(async (tx) => {
      await tx.deleteFrom('statistics_decisions').where('cluster_id', '=', cluster).where('name', '=', name).execute()
      await leaveOut(tx, cluster, name, { state: 'quarantined', dueAt })
    }),
})

const READ_LATER = said`The collector read it at the same moment. Try again.`

const leaveOut = async (
  tx: Transaction<Schema>,
  cluster: string,
  name: string,
  { state, dueAt }: { state: 'quarantined' | 'excluded'; dueAt: Date | null },
): Promise<void> => {
  await markChanged(tx, cluster, [name])
  await removeRows(tx, cluster, [name])
  await tx
    .updateTable('statistics_objects')
    .set({ state, due_at: dueAt })
    .where('cluster_id', '=', cluster)
    .where('name', '=', name)
    .execute()
}
