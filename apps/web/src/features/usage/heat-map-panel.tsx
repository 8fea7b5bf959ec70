import { VisuallyHidden } from '@mantine/core'
import type { HeatCell, HeatMap, Metric } from '@ostor-console/shared/usage'
import { useQuery } from '@tanstack/react-query'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatCount, plural } from '../../format/counts.ts'
import { formatSpan } from '../../format/dates.ts'
import { timeZone } from '../../format/preferences.ts'
import { subjectOf } from '../../format/whose.ts'
import type { ImageWords } from '../../ui/chart-image.ts'
import { ChartSave } from '../../ui/chart-save.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { DAYS, HOURS, mostOf, shareOf } from './heat-map-cells.ts'
import { METRIC_LABELS } from './metric-labels.ts'
import { caveatOf, textOf } from './source-line.tsx'
import { heatMapQuery, type Target } from './usage.queries.ts'
import { useRange } from './use-range.ts'
import './heat-map.css'

const TITLE = 'Hours of the week'

type Props = { cluster: string; metric: Metric } & Target

/** When in the week it happens: the mean of each hour over the range. */
export function HeatMapPanel({ cluster, metric, ...target }: Props) {
  const [choice] = useRange()
  const map = useQuery(heatMapQuery(cluster, choice, target, metric, timeZone()))
  const { data } = map
  return (
    <QueryPanel
      title={TITLE}
      note={data && noteOf(data, metric)}
      query={map}
      actions={
        data &&
        !isEmpty(data) && (
          <ChartSave
            words={wordsOf(data, metric, subjectOf(target))}
            draw={async () => (await import('./heat-map-image.ts')).heatDrawing(data)}
          />
        )
      }
      isEmpty={isEmpty}
      empty={<EmptyState title="No data in this range" />}
    >
      {(found) => <Cells map={found} metric={metric} />}
    </QueryPanel>
  )
}

const isEmpty = ({ cells }: HeatMap): boolean => cells.every(({ mean }) => mean === null)

const noteOf = ({ timeZone: zone, source }: HeatMap, metric: Metric): string =>
  [`mean ${METRIC_LABELS[metric].toLowerCase()} per hour, ${zone}`, caveatOf(source)].filter(Boolean).join(' · ')

/** What an image of it says. */
const wordsOf = (map: HeatMap, metric: Metric, subject: string): ImageWords => ({
  title: TITLE,
  subject,
  note: noteOf(map, metric),
  total: null,
  marks: [{ colour: 1, marks: 'none', text: `${meanText(mostOf(map), metric)} per hour; the paler, the less` }],
  source: [
    `${formatSpan(map.from, map.to)} · ${textOf(map.source)}`,
    ...(map.cells.some(({ mean }) => mean === null) ? ['hatched: nothing is known'] : []),
  ].join(' · '),
})

const meanText = (mean: string | bigint, metric: Metric): string =>
  metric === 'operations' ? compactCount(mean) : formatBytes(mean)

function Cells({ map, metric }: { map: HeatMap; metric: Metric }) {
  const { cells } = map
  const most = mostOf(map)
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
  const share = cell ? shareOf(most, cell) : null
  if (!cell || cell.mean === null || share === null) {
    return (
      <td className="heat-unknown" title="No data">
        <VisuallyHidden>no data</VisuallyHidden>
      </td>
    )
  }
  const text = meanText(cell.mean, metric)
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
