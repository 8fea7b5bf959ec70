import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import type { Counters } from '@ostor-console/shared/usage'
import { useQuery } from '@tanstack/react-query'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { formatInstant, formatSpan } from '../../format/dates.ts'
import type { RangeChoice } from '../../format/ranges.ts'
import { subjectOf } from '../../format/whose.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { StaleBanner } from '../../ui/query-panel.tsx'
import { gapText, missingIn } from './gap-words.ts'
import { SourceLine } from './source-line.tsx'
import { usageSeriesQuery } from './usage.queries.ts'
import { UsageCharts } from './usage-charts.tsx'
import { trafficSeries } from './usage-formats.ts'
import { UsageTable } from './usage-table.tsx'

type Props = { cluster: string; userId: string; choice: RangeChoice }

/** What a user moved, with nothing to press: sums with every digit, charts, each step, and what they rest on. */
export function UsageReport({ cluster, userId, choice }: Props) {
  const { t } = useLingui()
  const series = useQuery(usageSeriesQuery(cluster, choice, { userId }))
  const { data, error, isPlaceholderData, dataUpdatedAt } = series
  const retry = () => void series.refetch()
  // What is printed is never the range before.
  if (data === undefined || isPlaceholderData)
    return error ? <ProblemAlert error={error} onRetry={retry} /> : <Skeleton h={320} />
  const { total, source } = data
  const gaps = missingIn(data.gaps, data)
  const isLeast = source.coverage === 'partial'
  return (
    <section aria-label={t`Traffic and operations`}>
      {error && <StaleBanner since={dataUpdatedAt} error={error} onRetry={retry} />}
      <p className="report-span">
        {formatSpan(data.from, data.to)} · {t`read at ${formatInstant(dataUpdatedAt)}`}
      </p>
      {total === null ? (
        <EmptyState title={t`Nothing is known of this period`}>
          <Trans>No statistics of it were collected.</Trans>
        </EmptyState>
      ) : (
        <>
          {isLeast && (
            <p className="report-least">
              <Trans>Not all of this period is known: every sum is at least what stands here.</Trans>
            </p>
          )}
          <Facts items={sums(total, isLeast)} />
          <UsageCharts series={data} subject={subjectOf({ userId })} />
          <UsageTable series={data} />
        </>
      )}
      <p className="usage-source">
        <SourceLine source={source} />
      </p>
      {gaps.length > 0 && (
        <ul className="report-gaps" aria-label={t`Missing periods`}>
          {gaps.map((gap) => (
            <li key={`${gap.serviceId} ${gap.kind} ${gap.from}`}>
              {gapText(gap)}, {formatSpan(gap.from, gap.to)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const OPERATIONS = [
  { key: 'getOps', name: msg`Get operations` },
  { key: 'putOps', name: msg`Put operations` },
  { key: 'listOps', name: msg`List operations` },
  { key: 'otherOps', name: msg`Other operations` },
] as const satisfies { key: keyof Counters; name: MessageDescriptor }[]

const sums = (total: Counters, isLeast: boolean): [string, string][] => {
  const least = isLeast ? '≥ ' : ''
  return [
    ...trafficSeries().map(({ key, name }): [string, string] => [
      name,
      `${least}${formatBytes(total[key])} (${exactBytes(total[key])})`,
    ]),
    ...OPERATIONS.map(({ key, name }): [string, string] => [t(name), `${least}${formatCount(total[key])}`]),
  ]
}
