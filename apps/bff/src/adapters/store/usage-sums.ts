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

export const less = (counts: Counts, part: Counts): Counts => ({
  uploadedBytes: counts.uploadedBytes - part.uploadedBytes,
  downloadedBytes: counts.downloadedBytes - part.downloadedBytes,
  putOps: counts.putOps - part.putOps,
  getOps: counts.getOps - part.getOps,
  listOps: counts.listOps - part.listOps,
  otherOps: counts.otherOps - part.otherOps,
})

export const SUMS = sql`sum(uploaded_bytes) as "uploadedBytes", sum(downloaded_bytes) as "downloadedBytes",
  sum(put_ops) as "putOps", sum(get_ops) as "getOps", sum(list_ops) as "listOps", sum(other_ops) as "otherOps"`

export const SUMS_OF_SUMS = sql`sum("uploadedBytes") as "uploadedBytes", sum("downloadedBytes") as "downloadedBytes",
  sum("putOps") as "putOps", sum("getOps") as "getOps", sum("listOps") as "listOps", sum("otherOps") as "otherOps"`

export const SUMS_BY_NAME = sql`sum(put_ops) as put_ops, sum(get_ops) as get_ops, sum(list_ops) as list_ops,
  sum(other_ops) as other_ops, sum(uploaded_bytes) as uploaded_bytes, sum(downloaded_bytes) as downloaded_bytes`

/** Whether every sum of a group fits the columns of a roll-up. */
export const FIT = sql`greatest(sum(put_ops), sum(get_ops), sum(list_ops), sum(other_ops), sum(uploaded_bytes),
  sum(downloaded_bytes)) <= 9223372036854775807`
