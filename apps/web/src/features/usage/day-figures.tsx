import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import type { Counters, UsageSeries } from '@ostor-console/shared/usage'
import { useQuery } from '@tanstack/react-query'
import { useFleetRefusal } from '../../api/role.ts'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatChange, formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { Figure } from '../../ui/figure.tsx'
import { NBSP } from '../../ui/space.ts'
import { operationsOf, trafficOf } from './counters.ts'
import { staleText } from './source-line.tsx'
import { collectorQuery, type Target, usageBetweenQuery, usageSeriesQuery } from './usage.queries.ts'
import { daysTo } from './usage-day.ts'

/** Traffic and operations of the last day, each against the day before. */
export function DayFigures({ cluster, target = {} }: { cluster: string; target?: Target }) {
  const { t } = useLingui()
  // The collector's state is about all users; who is limited has it from the figures of theirs.
  const isLimited = useFleetRefusal() !== null
  const collector = useQuery({ ...collectorQuery(cluster), enabled: !isLimited })
  const own = useQuery({ ...usageSeriesQuery(cluster, '24h', target), enabled: isLimited })
  const { isPending, dataUpdatedAt, errorUpdatedAt } = isLimited ? own : collector
  const completeUntil = isLimited ? own.data?.source.completeUntil : collector.data?.completeUntil
  const days = daysTo(completeUntil ?? null, new Date(Math.max(dataUpdatedAt, errorUpdatedAt)))
  const known = !isPending
  const today = useQuery({ ...usageBetweenQuery(cluster, days.now.from, days.now.to, target), enabled: known })
  const before = useQuery({ ...usageBetweenQuery(cluster, days.before.from, days.before.to, target), enabled: known })
  const until = t`24 h to ${formatInstant(days.now.to)}`

  const figure = (label: string, of: (counters: Counters) => bigint, short: Text, exact: Text) => {
    const total = today.data?.total
    if (!today.data && !today.error) {
      const note = (
        <>
          {NBSP}
          <br />
          {NBSP}
        </>
      )
      return <Figure label={label} value={<Skeleton h="1lh" w={100} />} note={note} />
    }
    return (
      <Figure
        label={label}
        value={total ? atLeast(today.data, short(of(total))) : null}
        {...(total && { exact: exact(of(total)) })}
        note={
          today.data ? (
            <>
              {noteOf(today.data, before.data, of)}
              <br />
              {until}
            </>
          ) : (
            <Trans>could not be read</Trans>
          )
        }
      />
    )
  }
  return (
    <>
      {figure(t`Traffic, last 24 hours`, trafficOf, formatBytes, exactBytes)}
      {figure(t`Operations, last 24 hours`, operationsOf, compactCount, formatCount)}
    </>
  )
}

type Text = (value: bigint) => string

const atLeast = (series: UsageSeries | undefined, text: string): string =>
  series?.source.coverage === 'partial' ? `≥ ${text}` : text

const noteOf = (now: UsageSeries, before: UsageSeries | undefined, of: (counters: Counters) => bigint): string => {
  const comparison = compare(now, before, of)
  const { staleSince } = now.source
  return staleSince ? t`${staleText(staleSince)}, ${comparison}` : comparison
}

/** Only what is complete can be compared. */
const compare = (now: UsageSeries, before: UsageSeries | undefined, of: (counters: Counters) => bigint) => {
  if (now.source.coverage === 'partial') return t`at least: not all is known yet`
  if (!now.total) return t`no data`
  if (!before?.total || before.source.coverage !== 'complete') return t`the day before is not known`
  const change = formatChange(of(before.total), of(now.total))
  return change === null ? t`nothing the day before` : t`${change} against the day before`
}
