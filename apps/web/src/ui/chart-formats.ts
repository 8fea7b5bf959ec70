import { byteUnit, exactBytes, formatBytes } from '../format/bytes.ts'
import { compactCount, formatCount } from '../format/counts.ts'
import { formatClock, formatDayAndMonth, formatMonth, formatSpan, isMidnight } from '../format/dates.ts'
import { AT_LEAST, type ChartFormat } from './chart-series.ts'

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
