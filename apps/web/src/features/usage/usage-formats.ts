import { t } from '@lingui/core/macro'
import type { Counters } from '@ostor-console/shared/usage'
import type { ChartSeries } from '../../ui/chart-series.ts'

export type CounterSeries = ChartSeries & { key: keyof Counters }

export const trafficSeries = (): CounterSeries[] => [
  { key: 'downloadedBytes', name: t`Downloaded`, colour: 1 },
  { key: 'uploadedBytes', name: t`Uploaded`, colour: 2 },
]

export const operationSeries = (): CounterSeries[] => [
  { key: 'getOps', name: t({ message: 'Get', context: 'kind of operation' }), colour: 1 },
  { key: 'putOps', name: t({ message: 'Put', context: 'kind of operation' }), colour: 2 },
  { key: 'listOps', name: t({ message: 'List', context: 'kind of operation' }), colour: 3 },
  { key: 'otherOps', name: t({ message: 'Other', context: 'kind of operation' }), colour: 4 },
]
