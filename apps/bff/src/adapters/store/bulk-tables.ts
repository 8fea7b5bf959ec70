import type { BulkItem, ItemState, RunState } from '@ostor-console/shared/bulk'

/** One change of many users. */
type BulkRunsTable = {
  id: string
  cluster_id: string
  actor: string
  /** What is wanted, as JSON. */
  change: string
  source: string
  rerun_of: string | null
  state: RunState
  per_second: number
  /** Decimal; `null` when it is not known of all. */
  stored_bytes: string | null
  listed_at: Date
  created_at: Date
  expires_at: Date
  started_at: Date | null
  ended_at: Date | null
  held_by: string | null
  rests_because: string | null
  operation_id: string | null
  /** Of the session that started it, to which new keys are handed over. */
  session_hash: string | null
  keys_taken: number
}

type BulkItemsTable = {
  run_id: string
  position: number
  line: number | null
  user_id: string | null
  email: string
  planned: BulkItem['planned']
  state: ItemState
  detail: string | null
  /** Chosen when the item is claimed, before the operation is begun under it. */
  operation_id: string | null
  /** The operation stands in the audit, and its request may have been sent. */
  begun: boolean
  /** Nothing more will be learned. */
  ended_at: Date | null
}

export type BulkTables = { bulk_runs: BulkRunsTable; bulk_items: BulkItemsTable }
