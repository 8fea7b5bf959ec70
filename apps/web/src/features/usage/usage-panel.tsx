import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Select } from '@mantine/core'
import IconZoomOut from '@tabler/icons-react/dist/esm/icons/IconZoomOut.mjs'
import { useQuery } from '@tanstack/react-query'
import { useAddress } from '../../address/use-address.ts'
import { useView } from '../../address/use-view.ts'
import { useFleetRefusal } from '../../api/role.ts'
import { formatSpan } from '../../format/dates.ts'
import { type Comparison, comparedRange, instantRange, type RangeName, zoomedOut } from '../../format/ranges.ts'
import { subjectOf, type Whose } from '../../format/whose.ts'
import type { ChartFlag } from '../../ui/chart-series.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { ErrorSentence } from '../../ui/error-sentence.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { refused } from '../../ui/refused.ts'
import { NBSP } from '../../ui/space.ts'
import { ViewSwitch } from '../../ui/view-switch.tsx'
import { collectorNotice } from './collector-notice.tsx'
import { growsFrom } from './counters.ts'
import { NoUsage } from './no-usage.tsx'
import { RangePicker } from './range-picker.tsx'
import { SourceLine } from './source-line.tsx'
import { collectorQuery, earlierSeriesQuery, type Target, usageSeriesQuery } from './usage.queries.ts'
import { UsageCharts, UsageChartsSkeleton } from './usage-charts.tsx'
import { seriesRows } from './usage-csv.ts'
import { UsageTable } from './usage-table.tsx'
import { useRange } from './use-range.ts'
import './usage.css'

/** Something that was changed while the usage was counted. */
export type UsageFlag = { at: string; label: string; detail?: string | undefined }

type Props = {
  cluster: string
  userId?: string
  bucket?: string
  title?: string
  range?: RangeName
  flags?: UsageFlag[]
}

const COMPARISONS = [
  { value: 'previous', label: msg`Previous period` },
  { value: 'year', label: msg`Year before` },
]

/** Traffic and operations of the cluster, a user or a bucket. The range and how it is looked at stand in the address. */
export function UsagePanel({ cluster, userId, bucket, title, range = '7d', flags = [] }: Props) {
  const { t } = useLingui()
  const [choice, choose] = useRange(range)
  const [address, setAddress] = useAddress()
  const [view, setView] = useView('view')
  const target: Target = { ...(userId !== undefined && { userId }), ...(bucket !== undefined && { bucket }) }
  const series = useQuery(usageSeriesQuery(cluster, choice, target))
  // Its state is about all users, and each answer says besides how far it reaches.
  const isLimited = useFleetRefusal() !== null
  const collector = useQuery({ ...collectorQuery(cluster), enabled: !isLimited })
  const { data } = series

  const comparison = COMPARISONS.find(({ value }) => value === address['compare'])?.value
  const asked =
    data && isComparison(comparison) ? comparedRange({ ...data, lastStepAt: growsFrom(data) }, comparison) : null
  const earlier = useQuery({
    ...earlierSeriesQuery(cluster, asked ?? { from: '', to: '' }, data?.stepSeconds ?? 0, target),
    enabled: asked !== null,
  })
  const hidden = (address['hidden'] ?? '').split(',').filter(Boolean)
  const toggle = (key: string) => {
    const next = hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key]
    setAddress({ hidden: next.join(',') || undefined })
  }
  const wider = data && zoomedOut(data.from, data.to, new Date(series.dataUpdatedAt))
  const drawn = data ? flagsIn(flags, data) : []

  return (
    <QueryPanel
      title={title ?? t`Usage`}
      note={data && formatSpan(data.from, data.to)}
      query={series}
      skeleton={
        view === 'chart' && (
          <>
            <UsageChartsSkeleton toggles />
            <p className="usage-source">{NBSP}</p>
          </>
        )
      }
      actions={
        <>
          <ViewSwitch label={t`Show as`} view={view} onView={setView} />
          <Select
            size="xs"
            w={160}
            aria-label={t`Compare with`}
            placeholder={t`Compare…`}
            clearable
            clearButtonProps={{ 'aria-label': t`Compare with nothing` }}
            value={comparison ?? null}
            onChange={(value) => setAddress({ compare: value ?? undefined })}
            data={COMPARISONS.map(({ value, label }) => ({ value, label: t(label) }))}
          />
          <Button
            size="xs"
            variant="default"
            aria-label={t`Zoom out`}
            title={t`Twice as long. To zoom in, draw over a chart, or select on it with Shift and the arrow keys.`}
            {...refused(!wider)}
            onClick={() => wider && choose(wider)}
          >
            <IconZoomOut size={15} aria-hidden="true" />
          </Button>
          {data && <CsvButton name={fileName('usage', { userId, bucket }, data)} rows={() => seriesRows(data)} />}
          <RangePicker choice={choice} onChoose={choose} />
        </>
      }
      partial={() => collector.data && collectorNotice(collector.data)}
      isEmpty={({ total }) => total === null}
      empty={<NoUsage collector={collector.data} source={data?.source} />}
    >
      {(found) => (
        <>
          {view === 'chart' ? (
            <UsageCharts
              series={found}
              subject={subjectOf({ userId, bucket })}
              earlier={asked ? earlier.data : undefined}
              flags={drawn}
              hidden={hidden}
              onToggle={toggle}
              onZoom={(from, to) => choose(instantRange(from, to))}
            />
          ) : (
            <UsageTable series={found} />
          )}
          <p className="usage-source">
            <SourceLine source={found.source} />
            {asked && earlier.data && ` · ${t`compared with ${formatSpan(asked.from, asked.to)}`}`}
            {asked && earlier.error && (
              <>
                {' · '}
                <Trans>
                  the earlier range could not be read: <ErrorSentence error={earlier.error} />
                </Trans>
              </>
            )}
          </p>
        </>
      )}
    </QueryPanel>
  )
}

const isComparison = (value: string | undefined): value is Comparison => value === 'previous' || value === 'year'

const flagsIn = (flags: UsageFlag[], { from, to }: { from: string; to: string }): ChartFlag[] =>
  flags
    .filter(({ at }) => at >= from && at < to)
    .map(({ at, label, detail }) => ({ at: Date.parse(at), label, detail: detail ?? null }))

export const fileName = (what: string, { userId, bucket }: Whose, { from, to }: { from: string; to: string }): string =>
  [what, bucket ?? userId ?? 'cluster', from.slice(0, 16), to.slice(0, 16)].join('_')
