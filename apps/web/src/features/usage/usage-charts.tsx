import { Skeleton } from '@mantine/core'
import type { Counters, UsageSeries } from '@ostor-console/shared/usage'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatCount } from '../../format/counts.ts'
import { ChartFigure } from '../../ui/chart-figure.tsx'
import { operationsOf, stepNote, stepsOf, trafficOf } from './counters.ts'
import { byteFormat, type CounterSeries, countFormat, OPERATIONS, TRAFFIC } from './usage-formats.ts'
import './usage.css'

/** Traffic and operations side by side, each with what the whole range comes to. */
export function UsageCharts({ series }: { series: UsageSeries }) {
  const { total, source } = series
  const steps = stepsOf(series)
  const shared = { note: stepNote(series), steps }
  const known = source.coverage === 'complete' ? 'complete' : 'at least: not all is known yet'
  const traffic = total && trafficOf(total)
  const operations = total && operationsOf(total)
  return (
    <div className="usage-charts">
      <ChartFigure
        {...shared}
        label="Traffic"
        series={TRAFFIC}
        format={byteFormat}
        {...(traffic !== null && { total: { text: formatBytes(traffic), exact: exactBytes(traffic), note: known } })}
        totals={total && totalsOf(total, TRAFFIC, formatBytes)}
      />
      <ChartFigure
        {...shared}
        label="Operations"
        series={OPERATIONS}
        format={countFormat}
        stacked
        {...(operations !== null && {
          total: { text: compactCount(operations), exact: formatCount(operations), note: known },
        })}
        totals={total && totalsOf(total, OPERATIONS, compactCount)}
      />
    </div>
  )
}

const totalsOf = (total: Counters, series: CounterSeries[], text: (value: string) => string): Record<string, string> =>
  Object.fromEntries(series.map(({ key }) => [key, text(total[key])]))

export const UsageChartsSkeleton = () => (
  <output className="usage-charts" aria-label="Loading">
    <Skeleton h={320} />
    <Skeleton h={320} />
  </output>
)
