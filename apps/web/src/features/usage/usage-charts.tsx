import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Counters, UsageSeries } from '@ostor-console/shared/usage'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatChange, formatCount } from '../../format/counts.ts'
import { formatSpan } from '../../format/dates.ts'
import { ChartFigure } from '../../ui/chart-figure.tsx'
import { byteFormat, countFormat } from '../../ui/chart-formats.ts'
import { ChartRoom } from '../../ui/chart-room.tsx'
import type { ChartFlag } from '../../ui/chart-series.ts'
import { operationsOf, stepNote, stepsOf, trafficOf } from './counters.ts'
import { hatchesOf } from './gap-words.ts'
import { caveatOf, textOf } from './source-line.tsx'
import { type CounterSeries, operationSeries, trafficSeries } from './usage-formats.ts'
import './usage.css'

type Props = {
  series: UsageSeries
  /** Whose usage it is, for an image of a chart. */
  subject: string
  earlier?: UsageSeries | undefined
  flags?: ChartFlag[]
  hidden?: string[]
  onToggle?: (key: string) => void
  onZoom?: (from: number, to: number) => void
}

/** Traffic and operations side by side, each with what the whole range comes to. */
export function UsageCharts({ series, subject, earlier, flags = [], onZoom, ...legend }: Props) {
  const { t } = useLingui()
  const { total, source } = series
  const shared = {
    note: stepNote(series.stepSeconds),
    steps: stepsOf(series, earlier),
    gaps: hatchesOf(series.gaps),
    subject,
    source: `${formatSpan(series.from, series.to)} · ${textOf(source)}`,
    flags,
    onZoom,
    ...legend,
  }
  const note = (of: (counters: Counters) => bigint): string =>
    [caveatOf(source) ?? t`complete`, changeOf(series, earlier, of)].filter(Boolean).join(' · ')
  const ofTraffic = trafficSeries()
  const ofOperations = operationSeries()
  const traffic = total && trafficOf(total)
  const operations = total && operationsOf(total)
  const isLeast = source.coverage === 'partial'
  return (
    <div className="usage-charts">
      <ChartFigure
        {...shared}
        label={t`Traffic`}
        series={ofTraffic}
        format={byteFormat}
        {...(traffic !== null && {
          total: { text: atLeast(isLeast, formatBytes(traffic)), exact: exactBytes(traffic), note: note(trafficOf) },
        })}
        totals={total && totalsOf(total, ofTraffic, (value) => atLeast(isLeast, formatBytes(value)))}
      />
      <ChartFigure
        {...shared}
        label={t`Operations`}
        series={ofOperations}
        format={countFormat}
        stacked
        {...(operations !== null && {
          total: {
            text: atLeast(isLeast, compactCount(operations)),
            exact: formatCount(operations),
            note: note(operationsOf),
          },
        })}
        totals={total && totalsOf(total, ofOperations, (value) => atLeast(isLeast, compactCount(value)))}
      />
    </div>
  )
}

const atLeast = (isLeast: boolean, text: string): string => (isLeast ? `≥ ${text}` : text)

/** Only what is complete can be compared. */
const changeOf = (now: UsageSeries, earlier: UsageSeries | undefined, of: (counters: Counters) => bigint) => {
  if (!earlier) return null
  const isWhole = now.source.coverage === 'complete' && earlier.source.coverage === 'complete'
  if (!isWhole || !now.total || !earlier.total) return t`not comparable: not all of both is known`
  const change = formatChange(of(earlier.total), of(now.total))
  return change === null ? t`nothing before` : t`${change} against before`
}

const totalsOf = (total: Counters, series: CounterSeries[], text: (value: string) => string): Record<string, string> =>
  Object.fromEntries(series.map(({ key }) => [key, text(total[key])]))

export const UsageChartsSkeleton = ({ toggles = false }: { toggles?: boolean }) => (
  <div className="usage-charts">
    <ChartRoom series={trafficSeries()} hasTotal hasTotals toggles={toggles} />
    <ChartRoom series={operationSeries()} hasTotal hasTotals toggles={toggles} />
  </div>
)
