import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { type Counters, METRICS, type Metric, type Top, type TopEntry } from '@ostor-console/shared/usage'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatCount, formatShare, shareOf } from '../../format/counts.ts'
import { midSentence } from '../../format/locale.ts'
import type { RangeChoice } from '../../format/ranges.ts'
import { ShareBars, type ShareRow } from '../../ui/chart-share-bars.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { operationsOf, trafficOf } from './counters.ts'
import { METRIC_LABELS } from './metric-labels.ts'
import { caveatOf } from './source-line.tsx'
import { usageTopQuery } from './usage.queries.ts'

type Props = {
  cluster: string
  by: 'user' | 'bucket'
  choice: RangeChoice
  metric: Metric
  onMetric?: (metric: Metric) => void
  /** Only the buckets of this user. */
  userId?: string
  limit?: number
  title: string
}

/** Who uses most, each with the share of the whole, and all others as one. */
export function TopPanel({ cluster, by, choice, metric, onMetric, userId, limit = 9, title }: Props) {
  const { t } = useLingui()
  const top = useQuery(usageTopQuery(cluster, choice, { by, metric, limit, ...(userId !== undefined && { userId }) }))
  return (
    <QueryPanel
      title={title}
      note={top.data && noteOf(top.data, metric)}
      query={top}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <EmptyState
          title={
            top.data?.source.coverage === 'unknown' ? t`No data in this range` : t`No activity reported in this range`
          }
        />
      }
      actions={
        onMetric && (
          <Select
            size="xs"
            w={140}
            aria-label={t`${title} by`}
            allowDeselect={false}
            value={metric}
            onChange={(value) => {
              const chosen = METRICS.find((each) => each === value)
              if (chosen) onMetric(chosen)
            }}
            data={METRICS.map((value) => ({ value, label: t(METRIC_LABELS[value]) }))}
          />
        )
      }
    >
      {(data) => <ShareBars label={title} rows={rowsOf(data, cluster, by, metric)} />}
    </QueryPanel>
  )
}

const noteOf = ({ source }: Top, metric: Metric): string =>
  [t`by ${midSentence(t(METRIC_LABELS[metric]))}`, caveatOf(source)].filter(Boolean).join(' · ')

const valueOf = (counters: Counters, metric: Metric): bigint => {
  if (metric === 'traffic') return trafficOf(counters)
  return metric === 'operations' ? operationsOf(counters) : BigInt(counters[metric])
}

function rowsOf({ items, others }: Top, cluster: string, by: Props['by'], metric: Metric): ShareRow[] {
  const rest = others ? valueOf(others.counters, metric) : 0n
  const values = items.map(({ counters }) => valueOf(counters, metric))
  const whole = values.reduce((sum, value) => sum + value, rest)
  const most = values.reduce((high, value) => (value > high ? value : high), rest)
  const rowOf = (key: string, value: bigint) => {
    const share = shareOf(value, whole)
    return {
      key,
      value: metric === 'operations' ? compactCount(value) : formatBytes(value),
      exact: metric === 'operations' ? formatCount(value) : exactBytes(value),
      share: share === null ? null : formatShare(share, value),
      length: shareOf(value, most) ?? 0,
    }
  }
  const rows: ShareRow[] = items.map((entry, index) => ({
    ...rowOf(entry.id, values[index] ?? 0n),
    label: <EntryLink entry={entry} cluster={cluster} by={by} />,
  }))
  const label = others && othersText(others.count, by)
  return others ? [...rows, { ...rowOf('all others', rest), label, rest: true }] : rows
}

const othersText = (count: number, by: Props['by']): string =>
  by === 'user'
    ? plural(count, { one: 'All others (# user)', other: 'All others (# users)' })
    : plural(count, { one: 'All others (# bucket)', other: 'All others (# buckets)' })

function EntryLink({ entry: { id, label }, cluster, by }: { entry: TopEntry; cluster: string; by: Props['by'] }) {
  const text = <ForeignText text={label ?? id} cap={64} />
  // Requests that concern no bucket stand in a line of their own.
  if (id === '') return by === 'bucket' ? <Trans>(no bucket)</Trans> : text
  if (by === 'bucket') {
    return (
      <Link className="link" to="/c/$cluster/buckets/$bucket" params={{ cluster, bucket: id }}>
        {text}
      </Link>
    )
  }
  return (
    <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId: id }}>
      {text}
    </Link>
  )
}
