import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatSpan } from '../../format/dates.ts'
import type { RangeName } from '../../format/ranges.ts'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { collectorNotice } from './collector-notice.tsx'
import { NoUsage } from './no-usage.tsx'
import { RangePicker } from './range-picker.tsx'
import { SourceLine } from './source-line.tsx'
import { collectorQuery, type Target, usageSeriesQuery } from './usage.queries.ts'
import { UsageCharts, UsageChartsSkeleton } from './usage-charts.tsx'
import { UsageTable } from './usage-table.tsx'
import { useRange } from './use-range.ts'
import './usage.css'

type Props = { cluster: string; userId?: string; bucket?: string; title?: string; range?: RangeName }

/** Traffic and operations of the cluster, a user or a bucket. The range stands in the address. */
export function UsagePanel({ cluster, userId, bucket, title = 'Usage', range = '7d' }: Props) {
  const [choice, choose] = useRange(range)
  const [view, setView] = useState('chart')
  const target: Target = { ...(userId !== undefined && { userId }), ...(bucket !== undefined && { bucket }) }
  const series = useQuery(usageSeriesQuery(cluster, choice, target))
  const collector = useQuery(collectorQuery(cluster))

  return (
    <QueryPanel
      title={title}
      note={series.data && formatSpan(series.data.from, series.data.to)}
      query={series}
      skeleton={<UsageChartsSkeleton />}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Show as"
            value={view}
            onChange={setView}
            data={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
          <RangePicker choice={choice} onChoose={choose} />
        </>
      }
      partial={() => collector.data && collectorNotice(collector.data)}
      isEmpty={({ total }) => total === null}
      empty={<NoUsage collector={collector.data} source={series.data?.source} />}
    >
      {(data) => (
        <>
          {view === 'chart' ? <UsageCharts series={data} /> : <UsageTable series={data} />}
          <p className="usage-source">
            <SourceLine source={data.source} />
          </p>
        </>
      )}
    </QueryPanel>
  )
}
