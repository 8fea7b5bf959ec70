import type { GapKind } from '@ostor-console/shared/coverage'
import type { StatisticsDecision, StatisticsState } from '@ostor-console/shared/statistics'
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
  /** Its rows in `usage_rows`; `null` exactly when the object is not counted. */
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
  /** Why it was quarantined; it stays when an admin decided. */
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

/** What an admin decided about a quarantined object. */
type StatisticsDecisionsTable = {
  cluster_id: string
  name: string
  decision: StatisticsDecision
  /** The start that an admin gave it. */
  assigned_at: Date | null
  decided_by: string
  decided_at: Date
}

/** What the console itself set out to delete at the gateway; it did when the object is gone. */
type GatewayDeletionsTable = { cluster_id: string; name: string; deleted_at: Date }

/** Hours and days whose roll-ups are older than their rows. */
type UsageChangesTable = {
  change_no: Generated<bigint>
  cluster_id: string
  grain: 'hour' | 'day'
  starts_at: Date
}

/** Periods whose sums are past 2^63 − 1, which no roll-up holds: they are counted from their rows. */
type UsageUnsummedTable = { cluster_id: string; grain: 'hour' | 'day' | 'month'; starts_at: Date }

/** Objects by service and by the hour that they start in. */
type ObjectHoursTable = {
  cluster_id: string
  service_id: string
  starts_at: Date
  listed: bigint
  stored: bigint
  closed: bigint
  /** The commonest one. */
  nominal_s: number
  /** Of the stored objects; `null` when there are none. */
  first_start: Date | null
  /** Of the closed objects; `null` when there are none. */
  last_end: Date | null
}

type Sums = {
  put_ops: bigint
  get_ops: bigint
  list_ops: bigint
  other_ops: bigint
  uploaded_bytes: bigint
  downloaded_bytes: bigint
}

/** Sums by the period that the objects start in; recomputed from rows, never added to. */
type RollUp = Sums & { cluster_id: string; starts_at: Date }
type UserRollUp = RollUp & { user_id: string }
type BucketRollUp = UserRollUp & { bucket: string }

type ServiceGapsTable = {
  cluster_id: string
  service_id: string
  kind: GapKind
  starts_at: Date
  ends_at: Date
  periods: number
}

/** The latest decision about a stretch stands. */
type GapDecisionsTable = {
  decision_no: Generated<bigint>
  cluster_id: string
  service_id: string
  starts_at: Date
  ends_at: Date
  decision: 'accept' | 'gone' | 'reopen'
  decided_by: string
  decided_at: Date
  note: string | null
}

/** A size when it changed; between two samples of one subject it stayed as it was, as far as runs were made. */
type StorageSamplesTable = {
  cluster_id: string
  kind: 'cluster' | 'user' | 'bucket'
  /** User id or bucket name; empty for the cluster. */
  id: string
  /** Of a bucket: with `epoch`, its generation. */
  created_at: Date | null
  epoch: bigint | null
  /** Of a bucket; else empty. */
  owner_id: string
  sampled_at: Date
  bytes: bigint
  /** A running total: the gateway's for a bucket, ours for users and the cluster. */
  byte_hours: bigint
  /** The subject was not there any more. */
  is_end: boolean
}

/** The latest sample of each subject that is there. */
type StorageCurrentTable = Omit<StorageSamplesTable, 'is_end'>

type StorageRunsTable = { cluster_id: string; sampled_at: Date; buckets: bigint; users: bigint }

type UntoldSizesTable = {
  cluster_id: string
  bucket: string
  owner_id: string
  since: Date
  until: Date | null
  caught_up: bigint
  is_lost: boolean
}

type RecountsTable = {
  cluster_id: string
  day: Date
  counted_at: Date
  objects: bigint
  objects_without_body: bigint
  differences: bigint
  detail: string | null
}

type BackupsTable = {
  /** What was committed before is in it. */
  taken_at: Date
  verified_at: Date | null
  folder: string
  row_count: bigint
  byte_count: bigint
}

/** The bytes of an object that a verified backup was seen to hold, as final. */
type StatisticsBackupsTable = { object_no: bigint; sha256: string; taken_at: Date }

/** Who does what only one process should do; safety does not rest on it. */
type LeasesTable = { name: string; holder: string; fence: bigint; expires_at: Date }

export type UsageTables = {
  statistics_decisions: StatisticsDecisionsTable
  gateway_deletions: GatewayDeletionsTable
  usage_changes: UsageChangesTable
  usage_unsummed: UsageUnsummedTable
  object_hours: ObjectHoursTable
  usage_hours: RollUp
  usage_user_days: UserRollUp
  usage_user_months: UserRollUp
  usage_bucket_days: BucketRollUp
  usage_bucket_months: BucketRollUp
  service_gaps: ServiceGapsTable
  gap_decisions: GapDecisionsTable
  storage_samples: StorageSamplesTable
  storage_current: StorageCurrentTable
  storage_runs: StorageRunsTable
  untold_sizes: UntoldSizesTable
  recounts: RecountsTable
  backups: BackupsTable
  statistics_backups: StatisticsBackupsTable
  leases: LeasesTable
  statistics_objects: StatisticsObjectsTable
  usage_rows: UsageRowsTable
  collector_state: CollectorStateTable
}
