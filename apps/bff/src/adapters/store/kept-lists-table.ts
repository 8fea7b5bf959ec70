export type KeptListsTable = {
  cluster_id: string
  list: 'users' | 'buckets'
  /** The gateway that gave it; what another one gave is not known of this one. */
  endpoint: string
  as_of: Date
  /** The order of the parts, of which each holds some thousand rows. */
  part: number
  /** JSON rows, compressed. */
  body: Uint8Array
}
