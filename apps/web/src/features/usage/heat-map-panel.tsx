import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton, VisuallyHidden } from '@mantine/core'
import type { HeatCell, HeatMap, Metric } from '@ostor-console/shared/usage'
import { useQuery } from '@tanstack/react-query'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatCount } from '../../format/counts.ts'
import { formatSpan } from '../../format/dates.ts'
import { midSentence } from '../../format/locale.ts'
import { timeZone } from '../../format/preferences.ts'
import { subjectOf } from '../../format/whose.ts'
import type { ImageWords } from '../../ui/chart-image.ts'
import { ChartSave } from '../../ui/chart-save.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { HOURS, mostOf, shareOf, weekdays } from './heat-map-cells.ts'
import { METRIC_LABELS } from './metric-labels.ts'
import { caveatOf, textOf } from './source-line.tsx'
import { heatMapQuery, type Target } from './usage.queries.ts'
import { useRange } from './use-range.ts'
import './heat-map.css'

/** Seven days and the hours above them. */
const HEIGHT = 190.5

type Props = { cluster: string; metric: Metric } & Target

/** When in the week it happens: the mean of each hour over the range. */
export function HeatMapPanel({ cluster, metric, ...target }: Props) {
  const { t } = useLingui()
  const [choice] = useRange()
  const map = useQuery(heatMapQuery(cluster, choice, target, metric, timeZone()))
  const { data } = map
  return (
    <QueryPanel
      title={t`Hours of the week`}
      note={data && noteOf(data, metric)}
      query={map}
      skeleton={
        <output aria-label={t`Loading`}>
          <Skeleton h={HEIGHT} />
        </output>
      }
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
      empty={<EmptyState title={t`No data in this range`} />}
    >
      {(found) => <Cells map={found} metric={metric} />}
    </QueryPanel>
  )
}

const isEmpty = ({ cells }: HeatMap): boolean => cells.every(({ mean }) => mean === null)

const noteOf = ({ timeZone: zone, spreadHours, source }: HeatMap, metric: Metric): string => {
  const measured = midSentence(t(METRIC_LABELS[metric]))
  const spread = spreadHours > 1 && t`spread evenly over steps of ${spreadHours} hours`
  return [t`mean ${measured} per hour, ${zone}`, spread, caveatOf(source)].filter(Boolean).join(' · ')
}

/** What an image of it says. */
const wordsOf = (map: HeatMap, metric: Metric, subject: string): ImageWords => {
  const most = meanText(mostOf(map), metric)
  return {
    title: t`Hours of the week`,
    subject,
    note: noteOf(map, metric),
    total: null,
    marks: [{ colour: 1, marks: 'none', text: t`${most} per hour; the paler, the less` }],
    source: [
      `${formatSpan(map.from, map.to)} · ${textOf(map.source)}`,
      ...(map.cells.some(({ mean }) => mean === null) ? [t`hatched: nothing is known`] : []),
    ].join(' · '),
  }
}

const meanText = (mean: string | bigint, metric: Metric): string =>
  metric === 'operations' ? compactCount(mean) : formatBytes(mean)

function Cells({ map, metric }: { map: HeatMap; metric: Metric }) {
  const { t } = useLingui()
  const { cells } = map
  const measured = midSentence(t(METRIC_LABELS[metric]))
  const most = mostOf(map)
  const days = weekdays()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, and nothing inside can take the focus.
    <section className="heat-scroll" aria-label={t`Hours of the week as a table`} tabIndex={0}>
      <table className="heat" aria-label={t`Mean ${measured} by weekday and hour`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Day</Trans>
            </th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col" className={hour % 3 === 0 ? undefined : 'heat-quiet'}>
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, row) => (
            <tr key={day}>
              <th scope="row" translate="no">
                {day}
              </th>
              {HOURS.map((hour) => {
                const cell = cells[row * 24 + hour]
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
  const { t } = useLingui()
  const share = cell ? shareOf(most, cell) : null
  if (!cell || cell.mean === null || share === null) {
    return (
      <td className="heat-unknown" title={t`No data`}>
        <VisuallyHidden>{t`no data`}</VisuallyHidden>
      </td>
    )
  }
  const text = meanText(cell.mean, metric)
  const exact = metric === 'operations' ? formatCount(cell.mean) : exactBytes(cell.mean)
  const isLeast = cell.coverage !== 'complete'
  return (
    <td
      title={
        isLeast
          ? plural(cell.hours, {
              one: `${exact} per hour, at least, over # hour`,
              other: `${exact} per hour, at least, over # hours`,
            })
          : plural(cell.hours, { one: `${exact} per hour, over # hour`, other: `${exact} per hour, over # hours` })
      }
      style={{ backgroundColor: `color-mix(in srgb, var(--chart-1) ${share}%, transparent)` }}
    >
      <VisuallyHidden>{isLeast ? t`${text}, at least` : text}</VisuallyHidden>
    </td>
  )
}
