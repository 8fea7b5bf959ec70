import { sql } from 'kysely'

/** Exact, whatever their size: both engines sum 64-bit integers into a wider kind. */
export type Counts = {
  uploadedBytes: bigint
  downloadedBytes: bigint
  putOps: bigint
  getOps: bigint
  listOps: bigint
  otherOps: bigint
}

export const SUMS = sql`sum(uploaded_bytes) as "uploadedBytes", sum(downloaded_bytes) as "downloadedBytes",
  sum(put_ops) as "putOps", sum(get_ops) as "getOps", sum(list_ops) as "listOps", sum(other_ops) as "otherOps"`

export const SUMS_OF_SUMS = sql`sum("uploadedBytes") as "uploadedBytes", sum("downloadedBytes") as "downloadedBytes",
  sum("putOps") as "putOps", sum("getOps") as "getOps", sum("listOps") as "listOps", sum("otherOps") as "otherOps"`

export const SUMS_BY_NAME = sql`sum(put_ops) as put_ops, sum(get_ops) as get_ops, sum(list_ops) as list_ops,
  sum(other_ops) as other_ops, sum(uploaded_bytes) as uploaded_bytes, sum(downloaded_bytes) as downloaded_bytes`
