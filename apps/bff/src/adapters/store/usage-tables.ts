import type { StatisticsState } from '@ostor-console/shared/statistics'
import type { Generated } from 'kysely'

/** One line for each statistics object that was ever seen at a gateway. */
type StatisticsObjectsTable = {
  cluster_id: string
  name: string
  /** Stands for the name in `usage_rows`, where 57 characters a row would be a third of the table. */
  object_no: Generated<bigint>
  service_id: string
  /** `start_ts` of the body; from the name until it was read. */
  started_at: Date
  nominal_s: number
  period_s: number | null
  state: StatisticsState
  format_version: number | null
  item_count: number | null
  /** Of the exact bytes that were stored last; `null` as long as none were. */
  sha256: string | null
  /** Those bytes, compressed with zstd. */
  body: Uint8Array | null
  first_listed_at: Date
  read_at: Date | null
  /** When these same bytes were read for the first time. */
  unchanged_since: Date | null
  /** Kept when the object is gone: it says that its rows are final. */
  closed_at: Date | null
  gone_at: Date | null
  /** Not to be read before; `null` when it need not be read again. */
  due_at: Date | null
  /** Failed reads in a row. */
  tries: number
  reason: string | null
}

/** What the stored objects hold: replaced as a whole with their object, never added to. */
type UsageRowsTable = {
  cluster_id: string
  user_id: string
  bucket: string
  epoch: bigint
  tag: string
  object_no: bigint
  started_at: Date
  put_ops: bigint
  get_ops: bigint
  list_ops: bigint
  other_ops: bigint
  uploaded_bytes: bigint
  downloaded_bytes: bigint
}

/** The cursor of each gateway service is not kept: it is the last of its names, and so can never run ahead of them. */
type CollectorStateTable = {
  cluster_id: string
  listed_at: Date
  fully_listed_at: Date
  /** Every object that started before this instant, by the gateway's clock, was in the list. */
  covers_until: Date
}

export type UsageTables = {
  statistics_objects: StatisticsObjectsTable
  usage_rows: UsageRowsTable
  collector_state: CollectorStateTable
}
