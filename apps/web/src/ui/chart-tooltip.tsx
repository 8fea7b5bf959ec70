import type { ChartRow } from './chart-rows.ts'
import type { ChartFormat, ChartSeries } from './chart-series.ts'

type Props = {
  series: ChartSeries[]
  format: ChartFormat
  /** Given by recharts. */
  active?: boolean
  payload?: readonly { payload?: ChartRow }[]
}

export function ChartTooltip({ series, format, active, payload }: Props) {
  const step = payload?.[0]?.payload?.step
  if (!active || !step) return null
  const { values } = step
  return (
    <div className="chart-tooltip">
      <div className="chart-tooltip-title">{format.span(step.from, step.to)}</div>
      {values ? (
        <table>
          <tbody>
            {series.toReversed().map(({ key, name, colour }) => (
              <tr key={key}>
                <th scope="row">
                  <i className={`chart-swatch chart-swatch-${colour}`} /> {name}
                </th>
                <td>{format.value(values[key] ?? '0')}</td>
                <td className="chart-tooltip-exact">{format.exact(values[key] ?? '0')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div>No data: nothing is known of this time.</div>
      )}
      {step.coverage === 'partial' && <div className="chart-tooltip-note">Incomplete: at least this much.</div>}
    </div>
  )
}
