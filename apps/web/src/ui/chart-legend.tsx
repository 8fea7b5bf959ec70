import { Trans } from '@lingui/react/macro'
import { type Marks, Swatch } from './chart-marks.tsx'
import type { ChartStep } from './chart-rows.ts'
import type { ChartSeries } from './chart-series.ts'
import './chart-time-series.css'

type Props = {
  series: ChartSeries[]
  steps: ChartStep[]
  totals?: Record<string, string> | null
  hidden?: string[]
  /** Shows or hides a series. */
  onToggle?: ((key: string) => void) | undefined
  hasGaps?: boolean
  marks?: Marks
}

/** Says what each mark means; the marks for gaps and incomplete steps only where there are any. */
export function ChartLegend({ series, steps, totals, hidden = [], onToggle, hasGaps = false, marks }: Props) {
  const has = (coverage: ChartStep['coverage']) => steps.some((step) => step.coverage === coverage)
  return (
    <ul className="chart-legend">
      {series.map(({ key, name, colour }) => (
        <li key={key}>
          {onToggle ? (
            <button
              type="button"
              className="chart-legend-button"
              aria-pressed={!hidden.includes(key)}
              onClick={() => onToggle(key)}
            >
              <Swatch colour={colour} marks={marks} />
              {name}
            </button>
          ) : (
            <>
              <Swatch colour={colour} marks={marks} />
              {name}
            </>
          )}
          {totals?.[key] !== undefined && <strong>{totals[key]}</strong>}
        </li>
      ))}
      {steps.some(({ compared }) => compared !== undefined) && (
        <li>
          <i className="chart-swatch chart-swatch-earlier" />
          <Trans>earlier</Trans>
        </li>
      )}
      {has('partial') && (
        <li>
          <i className="chart-swatch chart-swatch-partial" />
          <Trans>incomplete</Trans>
        </li>
      )}
      {(has('unknown') || hasGaps) && (
        <li>
          <i className="chart-swatch chart-swatch-unknown" />
          {has('unknown') ? <Trans>no data</Trans> : <Trans>periods missing</Trans>}
        </li>
      )}
    </ul>
  )
}
