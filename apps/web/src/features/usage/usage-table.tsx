import type { UsageSeries } from '@ostor-console/shared/usage'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { formatClock, formatDayAndMonth, formatSpan } from '../../format/dates.ts'
import '../../ui/data-table.css'
import { stepsOf } from './counters.ts'
import { OPERATIONS, TRAFFIC } from './usage-formats.ts'

/** The points of the charts as rows, newest first. */
export function UsageTable({ series }: { series: UsageSeries }) {
  const columns = [...TRAFFIC, ...OPERATIONS]
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, and nothing inside can take the focus.
    <section className="usage-table" aria-label="Usage as a table" tabIndex={0}>
      <table className="table" aria-label="Usage by step">
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            {columns.map(({ key, name }) => (
              <th key={key} scope="col" className="num">
                {name}
              </th>
            ))}
            <th scope="col">Known</th>
          </tr>
        </thead>
        <tbody>
          {stepsOf(series)
            .toReversed()
            .map(({ from, to, values, coverage }) => (
              <tr key={from}>
                <td>{stepText(from, to)}</td>
                {columns.map(({ key }) => (
                  <td key={key} className="num" title={titleOf(key, values?.[key])}>
                    {textOf(key, values?.[key])}
                  </td>
                ))}
                <td>{COVERAGE[coverage]}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

const COVERAGE = { complete: 'complete', partial: 'incomplete: at least', unknown: 'no data' }

const DAY = 86_400_000

/** Short, because the year stands above the table. */
const stepText = (from: number, to: number): string =>
  to - from < DAY ? `${formatDayAndMonth(from)}, ${formatClock(from)} – ${formatClock(to)}` : formatSpan(from, to)

const isBytes = (key: string): boolean => key.endsWith('Bytes')

const textOf = (key: string, value: string | undefined): string => {
  if (value === undefined) return '–'
  return isBytes(key) ? formatBytes(value) : formatCount(value)
}

const titleOf = (key: string, value: string | undefined): string | undefined =>
  value !== undefined && isBytes(key) ? exactBytes(value) : undefined
