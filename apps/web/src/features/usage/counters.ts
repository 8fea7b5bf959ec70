import type { Counters, UsageSeries } from '@ostor-console/shared/usage'
import { formatDuration } from '../../format/durations.ts'
import type { ChartStep } from '../../ui/chart-rows.ts'

export const trafficOf = ({ uploadedBytes, downloadedBytes }: Counters): bigint =>
  BigInt(uploadedBytes) + BigInt(downloadedBytes)

export const operationsOf = ({ putOps, getOps, listOps, otherOps }: Counters): bigint =>
  BigInt(putOps) + BigInt(getOps) + BigInt(listOps) + BigInt(otherOps)

/** The last step ends with the range, even when it is shorter than the others. */
export function stepsOf({ points, stepSeconds, to }: UsageSeries): ChartStep[] {
  const end = Date.parse(to)
  return points.map(({ at, coverage, counters }) => {
    const from = Date.parse(at)
    return { from, to: Math.min(from + stepSeconds * 1000, end), coverage, values: counters }
  })
}

export const stepNote = ({ stepSeconds }: UsageSeries): string => `per ${formatDuration(stepSeconds)}, UTC`
