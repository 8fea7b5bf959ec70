import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { ChartLegend } from './chart-legend.tsx'
import type { TimeSeriesProps } from './chart-time-series.tsx'

const TimeSeries = lazy(() => import('./chart-time-series.tsx'))

type Props = Omit<TimeSeriesProps, 'height'> & {
  height?: number
  /** What stands beside the title: step and time zone. */
  note: string
  /** What the range comes to, with every digit and with a word on how far that is known. */
  total?: { text: string; exact: string; note: string }
  /** What a whole series comes to, as text. */
  totals?: Record<string, string> | null
}

/** A chart over time with its title, total and legend. The drawing library is loaded when the first one is shown. */
export function ChartFigure({ height = 240, totals = null, total, note, ...chart }: Props) {
  return (
    <figure className="chart-figure">
      <figcaption>
        <h3>
          {chart.label} <small>{note}</small>
        </h3>
        {total && (
          <div className="chart-total" title={total.exact}>
            {total.text} <small>{total.note}</small>
          </div>
        )}
        <ChartLegend series={chart.series} steps={chart.steps} totals={totals} />
      </figcaption>
      <Suspense fallback={<Skeleton height={height} />}>
        <TimeSeries {...chart} height={height} />
      </Suspense>
    </figure>
  )
}
