/** The quota of one user as the gateway last told it. */
export type UserQuotasTable = {
  cluster_id: string
  /** The gateway that told it; what another one told is not known of this one. */
  endpoint: string
  user_id: string
  /** In the gateway's "GB"; 0 is unlimited. */
  size: number
  is_unit_known: boolean
  bytes_per_gb: bigint | null
  read_at: Date
}
