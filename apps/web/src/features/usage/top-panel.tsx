import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { type Counters, METRICS, type Metric, type Top, type TopEntry } from '@ostor-console/shared/usage'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatCount, formatShare, shareOf } from '../../format/counts.ts'
import { formatSpan } from '../../format/dates.ts'
import { midSentence } from '../../format/locale.ts'
import type { RangeChoice } from '../../format/ranges.ts'
import { subjectOf } from '../../format/whose.ts'
import type { ImageWords } from '../../ui/chart-image.ts'
import { ChartSave } from '../../ui/chart-save.tsx'
import { ShareBars, ShareBarsSkeleton, type ShareRow } from '../../ui/chart-share-bars.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ForeignText, shorten } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { operationsOf, trafficOf } from './counters.ts'
import { METRIC_LABELS } from './metric-labels.ts'
import { caveatOf, textOf } from './source-line.tsx'
import { usageTopQuery } from './usage.queries.ts'

const NAME_CAP = 64

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
  const rows = top.data ? rowsOf(top.data, cluster, by, metric) : []
  return (
    <QueryPanel
      title={title}
      note={top.data && noteOf(top.data, metric)}
      query={top}
      skeleton={<ShareBarsSkeleton rows={limit + 1} />}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <EmptyState
          title={
            top.data?.source.coverage === 'unknown' ? t`No data in this range` : t`No activity reported in this range`
          }
        />
      }
      actions={
        <>
          {onMetric && (
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
          )}
          {top.data && top.data.items.length > 0 && (
            <ChartSave
              words={wordsOf(top.data, metric, title, subjectOf({ userId }))}
              draw={async () => (await import('../../ui/chart-share-image.ts')).shareDrawing(rows)}
            />
          )}
        </>
      }
    >
      {() => <ShareBars label={title} rows={rows} />}
    </QueryPanel>
  )
}

const noteOf = ({ source }: Top, metric: Metric): string =>
  [t`by ${midSentence(t(METRIC_LABELS[metric]))}`, caveatOf(source)].filter(Boolean).join(' · ')

/** What an image of it says. */
const wordsOf = (top: Top, metric: Metric, title: string, subject: string): ImageWords => ({
  title,
  subject,
  note: noteOf(top, metric),
  total: null,
  marks: [],
  source: `${formatSpan(top.from, top.to)} · ${textOf(top.source)}`,
})

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
    name: shorten(entry.label ?? entry.id, NAME_CAP),
    label: <EntryLink entry={entry} cluster={cluster} by={by} />,
  }))
  if (!others) return rows
  const label = othersText(others.count, by)
  return [...rows, { ...rowOf('all others', rest), name: label, label, rest: true }]
}

const othersText = (count: number, by: Props['by']): string =>
  by === 'user'
    ? plural(count, { one: 'All others (# user)', other: 'All others (# users)' })
    : plural(count, { one: 'All others (# bucket)', other: 'All others (# buckets)' })

function EntryLink({ entry: { id, label }, cluster, by }: { entry: TopEntry; cluster: string; by: Props['by'] }) {
  const text = <ForeignText text={label ?? id} cap={NAME_CAP} />
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
