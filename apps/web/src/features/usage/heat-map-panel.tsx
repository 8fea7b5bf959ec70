import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { VisuallyHidden } from '@mantine/core'
import type { HeatCell, HeatMap, Metric } from '@ostor-console/shared/usage'
import { useQuery } from '@tanstack/react-query'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatCount } from '../../format/counts.ts'
import { inEach, midSentence } from '../../format/locale.ts'
import { timeZone } from '../../format/preferences.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { METRIC_LABELS } from './metric-labels.ts'
import { caveatOf } from './source-line.tsx'
import { heatMapQuery, type Target } from './usage.queries.ts'
import { useRange } from './use-range.ts'
import './heat-map.css'

/** From Monday on, as 2024 began with one. */
const DAYS = [1, 2, 3, 4, 5, 6, 7]
const weekday = inEach((locale) => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }))
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

type Props = { cluster: string; metric: Metric } & Target

/** When in the week it happens: the mean of each hour over the range. */
export function HeatMapPanel({ cluster, metric, ...target }: Props) {
  const { t } = useLingui()
  const [choice] = useRange()
  const zone = timeZone()
  const measured = midSentence(t(METRIC_LABELS[metric]))
  const map = useQuery(heatMapQuery(cluster, choice, target, metric, zone))
  return (
    <QueryPanel
      title={t`Hours of the week`}
      note={map.data && [t`mean ${measured} per hour, ${zone}`, caveatOf(map.data.source)].filter(Boolean).join(' · ')}
      query={map}
      isEmpty={({ cells }) => cells.every(({ mean }) => mean === null)}
      empty={<EmptyState title={t`No data in this range`} />}
    >
      {(data) => <Cells map={data} metric={metric} />}
    </QueryPanel>
  )
}

function Cells({ map: { cells }, metric }: { map: HeatMap; metric: Metric }) {
  const { t } = useLingui()
  const measured = midSentence(t(METRIC_LABELS[metric]))
  const most = cells.reduce((high, { mean }) => (mean !== null && BigInt(mean) > high ? BigInt(mean) : high), 0n)
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
          {DAYS.map((day, row) => (
            <tr key={day}>
              <th scope="row" translate="no">
                {weekday().format(Date.UTC(2024, 0, day))}
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
  if (!cell || cell.mean === null) {
    return (
      <td className="heat-unknown" title={t`No data`}>
        <VisuallyHidden>{t`no data`}</VisuallyHidden>
      </td>
    )
  }
  const share = most === 0n ? 0 : Number((BigInt(cell.mean) * 100n) / most)
  const text = metric === 'operations' ? compactCount(cell.mean) : formatBytes(cell.mean)
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
