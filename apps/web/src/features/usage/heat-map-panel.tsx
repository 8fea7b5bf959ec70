import { VisuallyHidden } from '@mantine/core'
import type { HeatCell, HeatMap, Metric } from '@ostor-console/shared/usage'
import { useQuery } from '@tanstack/react-query'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatCount, plural } from '../../format/counts.ts'
import { timeZone } from '../../format/preferences.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { METRIC_LABELS } from './metric-labels.ts'
import { caveatOf } from './source-line.tsx'
import { heatMapQuery, type Target } from './usage.queries.ts'
import { useRange } from './use-range.ts'
import './heat-map.css'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

type Props = { cluster: string; metric: Metric } & Target

/** When in the week it happens: the mean of each hour over the range. */
export function HeatMapPanel({ cluster, metric, ...target }: Props) {
  const [choice] = useRange()
  const zone = timeZone()
  const map = useQuery(heatMapQuery(cluster, choice, target, metric, zone))
  return (
    <QueryPanel
      title="Hours of the week"
      note={
        map.data &&
        [`mean ${METRIC_LABELS[metric].toLowerCase()} per hour, ${zone}`, caveatOf(map.data.source)]
          .filter(Boolean)
          .join(' · ')
      }
      query={map}
      isEmpty={({ cells }) => cells.every(({ mean }) => mean === null)}
      empty={<EmptyState title="No data in this range" />}
    >
      {(data) => <Cells map={data} metric={metric} />}
    </QueryPanel>
  )
}

function Cells({ map: { cells }, metric }: { map: HeatMap; metric: Metric }) {
  const most = cells.reduce((high, { mean }) => (mean !== null && BigInt(mean) > high ? BigInt(mean) : high), 0n)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, and nothing inside can take the focus.
    <section className="heat-scroll" aria-label="Hours of the week as a table" tabIndex={0}>
      <table className="heat" aria-label={`Mean ${METRIC_LABELS[metric].toLowerCase()} by weekday and hour`}>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col" className={hour % 3 === 0 ? undefined : 'heat-quiet'}>
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAYS.map((day, weekday) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {HOURS.map((hour) => {
                const cell = cells[weekday * 24 + hour]
                return <Cell key={hour} cell={cell} most={most} metric={metric} />
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell({ cell, most, metric }: { cell: HeatCell | undefined; most: bigint; metric: Metric }) {
  if (!cell || cell.mean === null) {
    return (
      <td className="heat-unknown" title="No data">
        <VisuallyHidden>no data</VisuallyHidden>
      </td>
    )
  }
  const share = most === 0n ? 0 : Number((BigInt(cell.mean) * 100n) / most)
  const text = metric === 'operations' ? compactCount(cell.mean) : formatBytes(cell.mean)
  const exact = metric === 'operations' ? formatCount(cell.mean) : exactBytes(cell.mean)
  const known = cell.coverage === 'complete' ? '' : ', at least'
  return (
    <td
      title={`${exact} per hour${known}, over ${plural(cell.hours, 'hour')}`}
      style={{ backgroundColor: `color-mix(in srgb, var(--chart-1) ${share}%, transparent)` }}
    >
      <VisuallyHidden>
        {text}
        {known}
      </VisuallyHidden>
    </td>
  )
}
