import type { AuditFields } from '@ostor-console/shared/audit-fields'
import type { BulkChange, ItemState } from '@ostor-console/shared/bulk'
import { bulkTitle } from '@ostor-console/shared/bulk-words'
import type { Begin } from './adapters/store/audit.ts'
import type { Counts, RunRow } from './adapters/store/bulk-runs.ts'
import { changeOf } from './features/bulk/run-view.ts'
import { changedFields, inWords } from './features/limits/limits-view.ts'

/** What a run is about, for its entry in the audit. */
export const entryOf = (run: RunRow, { planned }: Counts): Begin => {
  const change = changeOf(run)
  return {
    ...(run.operation_id !== null && { operationId: run.operation_id }),
    actor: run.actor,
    action: 'bulk.run',
    cluster: run.cluster_id,
    target: bulkTitle(change, planned),
    after: { users: run.source, requestsPerSecond: String(run.per_second), ...valuesOf(change) },
  }
}

const valuesOf = (change: BulkChange): AuditFields => {
  if (change.action === 'set-quota') return { size: String(change.size) }
  return change.action === 'set-limits' ? inWords(changedFields(change.limits)) : {}
}

const WORDS: [ItemState, string][] = [
  ['done', 'done'],
  ['already', 'so already'],
  ['refused', 'refused'],
  ['failed', 'failed'],
  ['unknown', 'not known'],
  ['left', 'left as they were'],
]

/** How a run ended: `900 done, 100 refused`. */
export const endOf = ({ states }: Counts): string =>
  WORDS.flatMap(([state, word]) => (states[state] ? [`${states[state]} ${word}`] : [])).join(', ')
