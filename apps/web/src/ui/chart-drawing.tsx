import { t } from '@lingui/core/macro'
import { Skeleton } from '@mantine/core'
import type { TimeSeriesProps } from './chart-time-series.tsx'
import { inTurn } from './in-turn.ts'
import { onDemand } from './on-demand.tsx'
import { PartNotLoaded } from './panel-on-demand.tsx'

export const CHART_HEIGHT = 240

/** Brings the library that draws; it is asked for as soon as it is known that there will be a chart. */
export const bringDrawing = () => import('./chart-time-series.tsx')

export const Drawing = onDemand<TimeSeriesProps>(bringDrawing, {
  Waiting: ({ height }) => <Skeleton height={height} />,
  Failed: ({ isLoading, onRetry }) => <PartNotLoaded isLoading={isLoading} onRetry={onRetry} />,
  what: () => t`The chart`,
  turn: inTurn,
})
