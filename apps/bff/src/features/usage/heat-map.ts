import type { Coverage } from '@ostor-console/shared/coverage'
import type { HeatMap, Metric } from '@ostor-console/shared/usage'
import type { UsageStore } from '../../adapters/store/usage.ts'
import { stepsOf } from '../../lists/steps.ts'
import { offsetsOf } from '../../lists/time-zone.ts'
import { type Clock, type Range, sourceOf } from './coverage.ts'
import { valueOf } from './metric.ts'
import { coveredSteps, nominalOf } from './series.ts'

type Query = Range & {
  cluster: string
  metric: Metric
  timeZone: string
  userId?: string | undefined
  bucket?: string | undefined
}
type Cell = { hours: number; sum: bigint; isWhole: boolean }

const HOUR = 3600
const HOURS_OF_A_WEEK = 168
// 1 January 1970 was a Thursday; 0 is Monday.
const FIRST_WEEKDAY = 3

/**
 * One metric by hour of the week, each hour of the range with the weight of what is known of it. Where the objects have
 * longer periods, nobody knows what lies within one, and each of its hours has the same part.
 */
export const heatMapOf = (usage: UsageStore, query: Query, clock: Clock): Promise<HeatMap> => {
  const { cluster, from, to, metric, timeZone, userId, bucket } = query
  return usage.reading(cluster, { from, to }, async (reading) => {
    const spreadHours = Math.max(1, Math.ceil((nominalOf(reading.standing) ?? 0) / HOUR))
    const steps = stepsOf(from, to, spreadHours * HOUR)
    const { counts, objects } = await reading.series(steps, { userId, bucket })
    const valueAt = new Map(counts.map((one) => [Number(one.step), valueOf(metric, one)]))
    const offsetAt = offsetsOf(timeZone)
    const cells = Array.from({ length: HOURS_OF_A_WEEK }, (): Cell => ({ hours: 0, sum: 0n, isWhole: true }))
    for (const { atSeconds, coverage } of coveredSteps(steps, reading.standing, objects, query)) {
      for (const hour of hoursOf(atSeconds, spreadHours, query)) {
        const cell = cells[hourOfWeek(hour + offsetAt(hour))]
        if (!cell) continue
        if (coverage !== 'complete') cell.isWhole = false
        if (coverage === 'unknown') continue
        cell.hours += 1
        cell.sum += valueAt.get(atSeconds) ?? 0n
      }
    }
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      timeZone,
      spreadHours,
      cells: cells.map((cell, index) => ({
        weekday: Math.floor(index / 24),
        hour: index % 24,
        hours: cell.hours,
        mean: cell.hours === 0 ? null : String(cell.sum / BigInt(cell.hours * spreadHours)),
        coverage: coverageOf(cell),
      })),
      source: sourceOf(reading.standing, query, clock),
    }
  })
}

/** The hours of a step that lie within the range, at least in part, in seconds since 1970. */
const hoursOf = (atSeconds: number, count: number, { from, to }: Range): number[] =>
  Array.from({ length: count }, (_, index) => atSeconds + index * HOUR).filter(
    (hour) => (hour + HOUR) * 1000 > from.getTime() && hour * 1000 < to.getTime(),
  )

const coverageOf = ({ hours, isWhole }: Cell): Coverage => {
  if (hours === 0) return 'unknown'
  return isWhole ? 'complete' : 'partial'
}

const hourOfWeek = (localSeconds: number): number => {
  const hours = Math.floor(localSeconds / HOUR)
  return (((hours + FIRST_WEEKDAY * 24) % HOURS_OF_A_WEEK) + HOURS_OF_A_WEEK) % HOURS_OF_A_WEEK
}
