import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type Marks, Swatch } from './chart-marks.tsx'
import type { ChartRow } from './chart-rows.ts'
import type { ChartFlag, ChartFormat, ChartGap, ChartSeries } from './chart-series.ts'

type Props = {
  series: ChartSeries[]
  format: ChartFormat
  marks?: Marks
  gaps?: ChartGap[]
  flags?: ChartFlag[]
  /** Given by recharts. */
  active?: boolean
  payload?: readonly { payload?: ChartRow }[]
}

export function ChartTooltip({ series, format, marks, gaps = [], flags = [], active, payload }: Props) {
  const step = payload?.[0]?.payload?.step
  if (!active || !step) return null
  const { values, compared } = step
  const missing = gaps.filter(({ from, to }) => from < step.to && to > step.from)
  const changes = flags.filter(({ at }) => at >= step.from && at < step.to)
  return (
    <div className="chart-tooltip">
      <div className="chart-tooltip-title">{format.span(step.from, step.to)}</div>
      {values ? (
        <table>
          <tbody>
            {series.toReversed().map(({ key, name, colour }) => (
              <tr key={key}>
                <th scope="row">
                  <Swatch colour={colour} marks={marks} /> {name}
                </th>
                <td>{valueText(format, values[key])}</td>
                <td className="chart-tooltip-exact">{values[key] !== undefined && format.exact(values[key])}</td>
                {compared !== undefined && (
                  <td className="chart-tooltip-exact">
                    <Trans>before: {valueText(format, compared?.[key])}</Trans>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div>
          <Trans>No data: nothing is known of this time.</Trans>
        </div>
      )}
      {step.coverage === 'partial' && <div className="chart-tooltip-note">{t(format.partly.sentence)}</div>}
      {missing.map(({ from, label }) => (
        <div key={`${from} ${label}`} className="chart-tooltip-note">
          {label}
        </div>
      ))}
      {changes.map(({ at, label, detail }) => (
        <div key={`${at} ${label}`} className="chart-tooltip-note">
          ⚑ {label}
          {detail !== null && `: ${detail}`}
        </div>
      ))}
    </div>
  )
}

export const valueText = (format: ChartFormat, value: string | undefined): string =>
  value === undefined ? t`not known` : format.value(value)
