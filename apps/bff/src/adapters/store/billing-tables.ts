import type { Coverage } from '@ostor-console/shared/coverage'
import type { Priced } from '@ostor-console/shared/plans'

type PlansTable = { id: string /** As JSON. */; draft: string; changed_at: Date }

/** `holder`: `default`, `client.42` or `user.<cluster>.<user id>`. */
type PlansGivenTable = { holder: string; plan_id: string }

/** The service of a client at WHMCS that its usage belongs to. */
type ServicesTable = { client_id: number; service_id: number }

type MonthsTable = {
  month: string
  time_zone: string
  starts_at: Date
  ends_at: Date
  /** The count that stands. */
  count_id: string
  counted_at: Date
  /** Of each cluster, as JSON. */
  coverage: string
  closed_at: Date | null
  closed_by: string | null
  accepted_incomplete: boolean
  sha256: string | null
}

/** The plans as they were for a count. */
type CountPlansTable = { count_id: string; plan_id: string; draft: string }

/**
 * What a user stored and moved. Those of an earlier month are those of whom more, or less, is known than when it was
 * closed: with all that is known now. `null` is not known.
 */
type BillingUsersTable = {
  count_id: string
  of_month: string
  cluster_id: string
  user_id: string
  bill: string
  client_id: number | null
  plan_id: string | null
  byte_hours: bigint | null
  uploaded_bytes: bigint | null
  downloaded_bytes: bigint | null
  put_ops: bigint | null
  get_ops: bigint | null
  list_ops: bigint | null
  other_ops: bigint | null
  storage_coverage: Coverage
  traffic_coverage: Coverage
}

type LinesTable = {
  count_id: string
  line_no: bigint
  bill: string
  client_id: number | null
  cluster_id: string | null
  user_id: string | null
  name: string
  kind: 'usage' | 'correction'
  of_month: string
  metric: Priced
  plan_id: string | null
  coverage: Coverage
  /** Byte-hours, bytes or operations; of a correction what came to it, or went. */
  quantity: bigint | null
  per: bigint | null
  currency: string | null
  /** In millionths of the currency. */
  amount: bigint | null
}

/** The files of closed months, in parts. */
type FilesTable = { month: string; file: string; part_no: number; bytes: Uint8Array }

/** The SHA-256 of the manifest of a closed month. */
type ManifestsTable = { month: string; sha256: string }

type PushesTable = {
  month: string
  client_id: number
  kind: 'usage' | 'invoice'
  message_id: string
  pushed_at: Date
  pushed_by: string
}

export type BillingTables = {
  billing_plans: PlansTable
  billing_plans_given: PlansGivenTable
  billing_services: ServicesTable
  billing_months: MonthsTable
  billing_count_plans: CountPlansTable
  billing_users: BillingUsersTable
  billing_lines: LinesTable
  billing_files: FilesTable
  billing_manifests: ManifestsTable
  billing_pushes: PushesTable
}
