import { plural, t } from '@lingui/core/macro'
import type { StorageSeries, StorageSource } from '@ostor-console/shared/storage'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import type { ChartStep } from '../../ui/chart-rows.ts'
import type { ChartFlag } from '../../ui/chart-series.ts'
import type { CsvRow } from '../../ui/csv.ts'

export const stepsOf = ({ points, stepSeconds, to }: StorageSeries): ChartStep[] => {
  const end = Date.parse(to)
  return points.map(({ at, coverage, storedBytes, averageBytes }) => {
    const from = Date.parse(at)
    const values = { ...(storedBytes !== null && { storedBytes }), ...(averageBytes !== null && { averageBytes }) }
    return {
      from,
      to: Math.min(from + stepSeconds * 1000, end),
      coverage,
      values: coverage === 'unknown' ? null : values,
    }
  })
}

/** `sizes sampled hourly, last at … · 3 of 168 hours missing`. */
export const sourceText = ({
  hoursExpected,
  hoursMissing,
  hoursUntold,
  historyFrom,
  sampledAt,
  staleSince,
}: StorageSource): string =>
  [
    staleSince && t`stale since ${formatInstant(staleSince)}`,
    sampledAt === null
      ? t`sizes have not been sampled yet`
      : t`sizes sampled hourly, last at ${formatInstant(sampledAt)}`,
    hoursMissing > 0 && t`${formatCount(hoursMissing)} of ${formatCount(hoursExpected)} hours missing`,
    hoursUntold > 0 &&
      plural(hoursUntold, {
        one: '# hour for which the gateway did not tell a size',
        other: '# hours for which the gateway did not tell a size',
      }),
    historyFrom !== null && t`history reaches back to ${formatInstant(historyFrom)}`,
  ]
    .filter(Boolean)
    .join(' · ')

/** A bucket that was made anew is another bucket; the line that says so stands where the new one began. */
export const remakings = ({ generations }: StorageSeries): ChartFlag[] =>
  generations.slice(1).map(({ firstSampledAt, createdAt, epoch }) => ({
    at: Date.parse(firstSampledAt),
    label: t`Bucket made anew`,
    detail:
      [createdAt && t`created ${formatInstant(createdAt)}`, epoch && t`epoch ${epoch}`].filter(Boolean).join(', ') ||
      null,
  }))

export const storageRows = ({ points, source }: StorageSeries): CsvRow[] =>
  points.map(({ at, coverage, storedBytes, averageBytes }) => ({
    from: at,
    coverage,
    storedBytes,
    averageBytes,
    rangeCoverage: source.coverage,
    hoursExpected: source.hoursExpected,
    hoursMissing: source.hoursMissing,
    hoursUntold: source.hoursUntold,
    historyFrom: source.historyFrom,
    sampledAt: source.sampledAt,
    staleSince: source.staleSince,
  }))
