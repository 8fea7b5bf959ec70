import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { type Breakdown, METRICS, type Metric } from '@ostor-console/shared/usage'
import { useQuery } from '@tanstack/react-query'
import { useAddress } from '../../address/use-address.ts'
import { useView } from '../../address/use-view.ts'
import { formatCount } from '../../format/counts.ts'
import { formatSpan } from '../../format/dates.ts'
import { midSentence } from '../../format/locale.ts'
import { instantRange } from '../../format/ranges.ts'
import { subjectOf } from '../../format/whose.ts'
import { ChartFigure } from '../../ui/chart-figure.tsx'
import { byteFormat, countFormat } from '../../ui/chart-formats.ts'
import { ChartRoom } from '../../ui/chart-room.tsx'
import type { ChartStep } from '../../ui/chart-rows.ts'
import type { ChartSeries } from '../../ui/chart-series.ts'
import { ChartTable } from '../../ui/chart-table.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { shorten } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { Segments } from '../../ui/segments.tsx'
import { ViewSwitch } from '../../ui/view-switch.tsx'
import { stepNote } from './counters.ts'
import { hatchesOf } from './gap-words.ts'
import { METRIC_LABELS } from './metric-labels.ts'
import { caveatOf, textOf } from './source-line.tsx'
import { breakdownQuery } from './usage.queries.ts'
import { breakdownRows } from './usage-csv.ts'
import { fileName } from './usage-panel.tsx'
import { useRange } from './use-range.ts'

const COLOURS = [1, 2, 3, 5, 6, 7, 8, 9, 10] as const
const OTHERS = 'all others'
const NAME_CAP = 36
const HEIGHT = 280
/** Names of a usual length, for the room that they take. */
const SOME_SERIES: ChartSeries[] = COLOURS.map((colour) => ({ key: String(colour), name: 'x'.repeat(24), colour }))

type By = 'user' | 'bucket'

/** One metric over time, stacked by the nine who have most of it and all others. */
export function SplitPanel({ cluster, metric }: { cluster: string; metric: Metric }) {
  const { t } = useLingui()
  const [choice, choose] = useRange()
  const [address, setAddress] = useAddress()
  const [view, setView] = useView('split-view')
  const by = address['split'] === 'bucket' ? 'bucket' : 'user'
  const split = useQuery(breakdownQuery(cluster, choice, { by, metric }))
  const { data } = split
  return (
    <QueryPanel
      title={t`Who it was`}
      note={data && noteOf(metric, by)}
      query={split}
      skeleton={view === 'chart' && <ChartRoom series={SOME_SERIES} height={HEIGHT} hasTotals />}
      isEmpty={({ series }) => series.length === 0}
      empty={<EmptyState title={t`No data in this range`} />}
      actions={
        <>
          <ViewSwitch label={t`Show the split as`} view={view} onView={setView} />
          <Segments
            label={t`Split by`}
            value={by}
            onChange={(value) => setAddress({ split: value === 'bucket' ? value : undefined })}
            choices={[
              { value: 'user', label: t`Users` },
              { value: 'bucket', label: t`Buckets` },
            ]}
          />
          <Select
            size="xs"
            w={140}
            aria-label={t`Metric`}
            allowDeselect={false}
            value={metric}
            onChange={(value) => setAddress({ metric: value === 'traffic' || value === null ? undefined : value })}
            data={METRICS.map((value) => ({ value, label: t(METRIC_LABELS[value]) }))}
          />
          {data && <CsvButton name={fileName(`usage-by-${by}`, {}, data)} rows={() => breakdownRows(data)} />}
        </>
      }
    >
      {(found) => {
        const series = seriesOf(found, by)
        const format = metric === 'operations' ? countFormat : byteFormat
        return view === 'table' ? (
          <ChartTable label={t`Split`} steps={stepsOf(found)} groups={[{ series, format }]} />
        ) : (
          <ChartFigure
            label={t(METRIC_LABELS[metric])}
            note={[stepNote(found.stepSeconds), caveatOf(found.source)].filter(Boolean).join(' · ')}
            steps={stepsOf(found)}
            series={series}
            format={format}
            gaps={hatchesOf(found.gaps)}
            subject={subjectOf({})}
            source={`${formatSpan(found.from, found.to)} · ${textOf(found.source)}`}
            totals={totalsOf(found, (value) => (found.source.coverage === 'partial' ? '≥ ' : '') + format.value(value))}
            onZoom={(from, to) => choose(instantRange(from, to))}
            height={HEIGHT}
            stacked
          />
        )
      }}
    </QueryPanel>
  )
}

const noteOf = (metric: Metric, by: By): string => {
  const measured = midSentence(t(METRIC_LABELS[metric]))
  return by === 'user'
    ? t`${measured} by user, the nine with most and all others`
    : t`${measured} by bucket, the nine with most and all others`
}

const keyOf = (index: number): string => `series-${index}`

const seriesOf = ({ series, others }: Breakdown, by: By): ChartSeries[] => [
  ...series.map(
    ({ id, label }, index): ChartSeries => ({
      key: keyOf(index),
      name: by === 'bucket' && id === '' ? t`(no bucket)` : shorten(label ?? id, NAME_CAP),
      colour: COLOURS[index % COLOURS.length] ?? 1,
    }),
  ),
  ...(others ? [{ key: OTHERS, name: t`All others (${formatCount(others.count)} more)`, colour: 4 as const }] : []),
]

const totalsOf = ({ series, others }: Breakdown, text: (value: string) => string): Record<string, string> => ({
  ...Object.fromEntries(series.map(({ total }, index) => [keyOf(index), text(total)])),
  ...(others && { [OTHERS]: text(others.total) }),
})

const stepsOf = ({ points, stepSeconds, to }: Breakdown): ChartStep[] => {
  const end = Date.parse(to)
  return points.map(({ at, coverage, values, others }) => {
    const from = Date.parse(at)
    return {
      from,
      to: Math.min(from + stepSeconds * 1000, end),
      coverage,
      values: values && {
        ...Object.fromEntries(values.map((value, index) => [keyOf(index), value])),
        [OTHERS]: others ?? '0',
      },
    }
  })
}
