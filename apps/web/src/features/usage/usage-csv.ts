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

const OTHERS = 'all others'

export function breakdownRows({ points, series, stepSeconds, to, source }: Breakdown): CsvRow[] {
  const worth = sourceOf(source)
  const headers = headersOf(series, ['from', 'to', 'coverage', OTHERS, ...Object.keys(worth)])
  return points.map(({ at, coverage, values, others }) => ({
    from: at,
    to: endOf(at, stepSeconds, to),
    coverage,
    ...Object.fromEntries(headers.map((header, index) => [header, values?.[index] ?? null])),
    [OTHERS]: others,
    ...worth,
  }))
}

/** Two users may have one e-mail, and a bucket may be named as a column is. */
const headersOf = (series: Breakdown['series'], taken: string[]): string[] => {
  const names = series.map(({ id, label }) => label ?? id)
  const isTold = (name: string) => !taken.includes(name) && names.indexOf(name) === names.lastIndexOf(name)
  return series.map(({ id, label }) => {
    const name = label ?? id
    return isTold(name) ? name : `${name} (${id})`
  })
}
