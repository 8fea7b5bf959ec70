import type { Source } from '@ostor-console/shared/coverage'
import type { Breakdown, UsageSeries } from '@ostor-console/shared/usage'
import type { CsvRow } from '../../ui/csv.ts'

/** What the API says of a source, with the same words, in every row: a row says by itself what it is worth. */
const sourceOf = (source: Source): CsvRow => ({
  rangeCoverage: source.coverage,
  periodsExpected: source.periodsExpected,
  periodsMissing: source.periodsMissing,
  missingAt: source.services.map(({ serviceId, periodsMissing }) => `${serviceId}:${periodsMissing}`).join(' '),
  historyFrom: source.historyFrom,
  completeUntil: source.completeUntil,
  collectedAt: source.collectedAt,
  staleSince: source.staleSince,
})

const endOf = (at: string, stepSeconds: number, to: string): string =>
  new Date(Math.min(Date.parse(at) + stepSeconds * 1000, Date.parse(to))).toISOString()

const COUNTERS = ['uploadedBytes', 'downloadedBytes', 'putOps', 'getOps', 'listOps', 'otherOps'] as const

/** One row a step, with every digit; what is not known is empty, never 0. */
export const seriesRows = ({ points, stepSeconds, to, source }: UsageSeries): CsvRow[] =>
  points.map(({ at, coverage, counters }) => ({
    from: at,
    to: endOf(at, stepSeconds, to),
    coverage,
    ...Object.fromEntries(COUNTERS.map((name) => [name, counters?.[name] ?? null])),
    ...sourceOf(source),
  }))

export const breakdownRows = ({ points, series, stepSeconds, to, source }: Breakdown): CsvRow[] =>
  points.map(({ at, coverage, values, others }) => ({
    from: at,
    to: endOf(at, stepSeconds, to),
    coverage,
    ...Object.fromEntries(series.map(({ id, label }, index) => [label ?? id, values?.[index] ?? null])),
    'all others': others,
    ...sourceOf(source),
  }))
