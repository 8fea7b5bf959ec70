import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { byteUnit, exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatClock, formatDayAndMonth, formatMonth, formatSpan, isMidnight } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { timeZone } from '../../format/preferences.ts'
import { instantRange, type RangeChoice } from '../../format/ranges.ts'
import { ChartFigure } from '../../ui/chart-figure.tsx'
import type { ChartFormat, ChartSeries } from '../../ui/chart-series.ts'
import { ChartTable } from '../../ui/chart-table.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { type View, ViewSwitch } from '../../ui/view-switch.tsx'
import { type Subject, storageQuery } from './storage.queries.ts'
import { remakings, sourceText, stepsOf, storageRows } from './storage-words.ts'

const SERIES: ChartSeries[] = [
  { key: 'storedBytes', name: 'Stored at the end of the step', colour: 1 },
  { key: 'averageBytes', name: 'Average, from byte-hours', colour: 2 },
]
const DAY = 86_400_000

const FORMAT: ChartFormat = {
  axis: (value) => formatBytes(BigInt(Math.round(value))),
  unit: byteUnit,
  value: (value) => formatBytes(value),
  exact: exactBytes,
  time: (at, step) => {
    if (step > 27 * DAY) return formatMonth(at)
    return step < DAY && !isMidnight(at) ? formatClock(at) : formatDayAndMonth(at)
  },
  span: formatSpan,
}

type Props = { cluster: string; choice: RangeChoice; onChoose: (choice: RangeChoice) => void } & Subject

/** What was stored, hour by hour, of the cluster, a user or a bucket. */
export function StoragePanel({ cluster, choice, onChoose, ...subject }: Props) {
  const [view, setView] = useState<View>('chart')
  const storage = useQuery(storageQuery(cluster, choice, subject))
  const { data } = storage
  return (
    <QueryPanel
      title="Stored"
      note={data && sourceText(data.source)}
      query={storage}
      isEmpty={({ source }) => source.coverage === 'unknown'}
      empty={
        <EmptyState title="No sizes in this range">
          Sizes are sampled every hour from when the console first ran; the gateway itself does not know yesterday's.
        </EmptyState>
      }
      actions={
        <>
          <ViewSwitch label="Show sizes as" view={view} onView={setView} />
          {data && (
            <CsvButton
              name={['stored', subject.bucket ?? subject.userId ?? 'cluster', data.from.slice(0, 16)].join('_')}
              rows={() => storageRows(data)}
            />
          )}
        </>
      }
    >
      {(found) =>
        view === 'table' ? (
          <ChartTable label="Stored" steps={stepsOf(found)} groups={[{ series: SERIES, format: FORMAT }]} />
        ) : (
          <ChartFigure
            label="Stored bytes"
            note={`per ${formatDuration(found.stepSeconds)}, ${timeZone()}`}
            steps={stepsOf(found)}
            series={SERIES}
            format={FORMAT}
            flags={remakings(found)}
            onZoom={(from, to) => onChoose(instantRange(from, to))}
            {...(found.averageBytes !== null && {
              total: {
                text: formatBytes(found.averageBytes),
                exact: exactBytes(found.averageBytes),
                note: found.source.coverage === 'complete' ? 'on average' : 'on average over the known hours',
              },
            })}
          />
        )
      }
    </QueryPanel>
  )
}
