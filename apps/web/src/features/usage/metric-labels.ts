import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Metric } from '@ostor-console/shared/usage'

export const METRIC_LABELS: Record<Metric, MessageDescriptor> = {
  traffic: msg`Traffic`,
  uploadedBytes: msg`Uploaded`,
  downloadedBytes: msg`Downloaded`,
  operations: msg`Operations`,
}
