import type { Metric } from '@ostor-console/shared/usage'
import type { Counts } from '../../adapters/store/usage-sums.ts'

/** One figure of the six counters. */
export const valueOf = (metric: Metric, counts: Counts): bigint => {
  const { uploadedBytes, downloadedBytes, putOps, getOps, listOps, otherOps } = counts
  if (metric === 'uploadedBytes') return uploadedBytes
  if (metric === 'downloadedBytes') return downloadedBytes
  return metric === 'traffic' ? uploadedBytes + downloadedBytes : putOps + getOps + listOps + otherOps
}
