import { t } from '@lingui/core/macro'
import type { Counters, UsageSeries } from '@ostor-console/shared/usage'
import { formatDuration } from '../../format/durations.ts'
import { timeZone } from '../../format/preferences.ts'
import type { ChartStep } from '../../ui/chart-rows.ts'

export const trafficOf = ({ uploadedBytes, downloadedBytes }: Counters): bigint =>
  BigInt(uploadedBytes) + BigInt(downloadedBytes)

export const operationsOf = ({ putOps, getOps, listOps, otherOps }: Counters): bigint =>
  BigInt(putOps) + BigInt(getOps) + BigInt(listOps) + BigInt(otherOps)

/** The last step ends with the range, even when it is shorter than the others. Steps of an earlier range lie under these, one by one. */
export function stepsOf({ points, stepSeconds, to }: UsageSeries, earlier?: UsageSeries): ChartStep[] {
  const end = Date.parse(to)
  const isSame = earlier !== undefined && earlier.stepSeconds === stepSeconds
  return points.map(({ at, coverage, counters }, index) => {
    const from = Date.parse(at)
    const step = { from, to: Math.min(from + stepSeconds * 1000, end), coverage, values: counters }
    const before = earlier?.points[index]
    return isSame ? { ...step, compared: before?.coverage === 'complete' ? before.counters : null } : step
  })
}

/** When its last step began, where that is not over; a range of which all is known has ended, wherever it was cut. */
export function growsFrom({ points, stepSeconds, to, source }: UsageSeries): string | undefined {
  const last = points.at(-1)?.at
  const isCut = last !== undefined && Date.parse(last) + stepSeconds * 1000 > Date.parse(to)
  return isCut && source.coverage !== 'complete' ? last : undefined
}

const DAY = 86_400

/** Steps are those of UTC whatever the clock of the page; where that differs, it is said. */
export const stepNote = (stepSeconds: number): string => {
  const zone = timeZone()
  const step = formatDuration(stepSeconds)
  if (zone === 'UTC') return t`per ${step}, ${zone}`
  return stepSeconds >= DAY ? t`per ${step} of UTC, times in ${zone}` : t`per ${step}, times in ${zone}`
}
