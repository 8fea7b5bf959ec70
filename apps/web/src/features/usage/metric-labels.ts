import type { Metric } from '@ostor-console/shared/usage'

export const METRIC_LABELS: Record<Metric, string> = {
  traffic: 'Traffic',
  uploadedBytes: 'Uploaded',
  downloadedBytes: 'Downloaded',
  operations: 'Operations',
}
