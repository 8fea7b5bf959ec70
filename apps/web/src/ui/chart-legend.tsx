import type { ChartStep } from './chart-rows.ts'
import type { ChartSeries } from './chart-series.ts'
import './chart-time-series.css'

type Props = { series: ChartSeries[]; steps: ChartStep[]; totals?: Record<string, string> | null }

/** Says what each mark means; the marks for gaps and incomplete steps only where there are any. */
export function ChartLegend({ series, steps, totals }: Props) {
  const has = (coverage: ChartStep['coverage']) => steps.some((step) => step.coverage === coverage)
  return (
    <ul className="chart-legend">
      {series.map(({ key, name, colour }) => (
        <li key={key}>
          <i className={`chart-swatch chart-swatch-${colour}`} />
          {name}
          {totals?.[key] !== undefined && <strong>{totals[key]}</strong>}
        </li>
      ))}
      {has('partial') && (
        <li className="chart-legend-note">
          <i className="chart-swatch chart-swatch-partial" />
          incomplete
        </li>
      )}
      {has('unknown') && (
        <li className="chart-legend-note">
          <i className="chart-swatch chart-swatch-unknown" />
          no data
        </li>
      )}
    </ul>
  )
}
