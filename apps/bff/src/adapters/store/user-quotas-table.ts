/** The quota of one user as the gateway last told it. */
export type UserQuotasTable = {
  cluster_id: string
  /** The gateway that told it; what another one told is not known of this one. */
  endpoint: string
  user_id: string
  /** The very number: whether it counts GB or bytes may be learned later. 0 is unlimited. */
  told: bigint
  read_at: Date
  saved_at: Date
}
