import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { formatClock, formatDayAndMonth, formatSpan } from '../format/dates.ts'
import { timeZone } from '../format/preferences.ts'
import type { ChartStep } from './chart-rows.ts'
import type { ChartFormat, ChartSeries } from './chart-series.ts'
import './data-table.css'
import './chart-table.css'

type Columns = { series: ChartSeries[]; format: ChartFormat }
type Props = { label: string; steps: ChartStep[]; groups: [Columns, ...Columns[]] }

const DAY = 86_400_000

/** The points of charts as rows, newest first; what is not known is a dash. */
export function ChartTable({ label, steps, groups }: Props) {
  const { t } = useLingui()
  const known = { complete: msg`complete`, partial: groups[0].format.partly.cell, unknown: msg`no data` }
  const columns = groups.flatMap(({ series, format }) => series.map((one) => ({ ...one, format })))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, and nothing inside can take the focus.
    <section className="chart-table" aria-label={t`${label} as a table`} tabIndex={0}>
      <table className="table" aria-label={t`${label} by step`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Time ({timeZone()})</Trans>
            </th>
            {columns.map(({ key, name }) => (
              <th key={key} scope="col" className="num">
                {name}
              </th>
            ))}
            <th scope="col">
              <Trans>Known</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.toReversed().map(({ from, to, values, coverage }) => (
            <tr key={from}>
              <td>{stepText(from, to)}</td>
              {columns.map(({ key, format }) => {
                const value = values?.[key]
                return (
                  <td
                    key={key}
                    className="num"
                    title={value === undefined ? undefined : (format.exact(value) ?? undefined)}
                  >
                    {value === undefined ? '–' : format.value(value)}
                  </td>
                )
              })}
              <td>{t(known[coverage])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Short, because the year stands above the table. */
const stepText = (from: number, to: number): string =>
  to - from < DAY ? `${formatDayAndMonth(from)}, ${formatClock(from)} – ${formatClock(to)}` : formatSpan(from, to)
