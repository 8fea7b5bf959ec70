import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useEffect } from 'react'
import { bringDrawing, CHART_HEIGHT } from './chart-drawing.tsx'
import { ChartLegend } from './chart-legend.tsx'
import type { ChartStep } from './chart-rows.ts'
import type { ChartSeries } from './chart-series.ts'
import { NBSP } from './space.ts'
import './chart-time-series.css'

/** About as wide as what a series comes to. */
const SOME_TOTAL = '≥ 000 GiB'
/** What reaches up to now has a step that is under way, and its mark in the legend. */
const STEPS: ChartStep[] = [{ from: 0, to: 0, coverage: 'partial', values: null }]
const IGNORE = () => {}

type Props = { series: ChartSeries[]; height?: number; hasTotal?: boolean; hasTotals?: boolean; toggles?: boolean }

/** The room of a chart whose figures are being read: as much as it takes as a rule, so that nothing beneath moves when they come. */
export function ChartRoom({
  series,
  height = CHART_HEIGHT,
  hasTotal = false,
  hasTotals = false,
  toggles = false,
}: Props) {
  const { t } = useLingui()
  // Where it does not come, the chart asks again and says so.
  useEffect(() => void bringDrawing().catch(() => undefined), [])
  return (
    <output className="chart-room" aria-label={t`Loading`}>
      <Skeleton>
        <figure className="chart-figure" inert>
          <figcaption>
            <div className="chart-head">
              <h3>{NBSP}</h3>
            </div>
            {hasTotal && <div className="chart-total">{NBSP}</div>}
            <ChartLegend
              series={series}
              steps={STEPS}
              totals={hasTotals ? Object.fromEntries(series.map(({ key }) => [key, SOME_TOTAL])) : null}
              {...(toggles && { onToggle: IGNORE })}
            />
          </figcaption>
          <div style={{ height }} />
        </figure>
      </Skeleton>
    </output>
  )
}
