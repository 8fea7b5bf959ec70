import { t } from '@lingui/core/macro'
import type { Counters } from '@ostor-console/shared/usage'
import { byteUnit, exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatCount } from '../../format/counts.ts'
import { formatClock, formatDayAndMonth, formatMonth, formatSpan, isMidnight } from '../../format/dates.ts'
import { AT_LEAST, type ChartFormat, type ChartSeries } from '../../ui/chart-series.ts'

const DAY = 86_400_000

const time = (at: number, step: number): string => {
  if (step > 27 * DAY) return formatMonth(at)
  return step < DAY && !isMidnight(at) ? formatClock(at) : formatDayAndMonth(at)
}

export const byteFormat: ChartFormat = {
  partly: AT_LEAST,
  axis: (value) => formatBytes(BigInt(Math.round(value))),
  unit: byteUnit,
  value: (value) => formatBytes(value),
  exact: exactBytes,
  time,
  span: formatSpan,
}

export const countFormat: ChartFormat = {
  partly: AT_LEAST,
  axis: (value) => compactCount(Math.round(value)),
  unit: () => 1,
  value: formatCount,
  exact: () => null,
  time,
  span: formatSpan,
}

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
