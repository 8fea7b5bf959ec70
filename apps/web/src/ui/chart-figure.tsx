import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useRef } from 'react'
import { formatInstant } from '../format/dates.ts'
import { midSentence } from '../format/locale.ts'
import { CHART_HEIGHT, Drawing } from './chart-drawing.tsx'
import { ChartLegend } from './chart-legend.tsx'
import { marksOf } from './chart-marks.tsx'
import type { ChartStep } from './chart-rows.ts'
import { ChartSave } from './chart-save.tsx'
import type { ChartFormat, ChartSeries } from './chart-series.ts'
import type { TimeSeriesProps } from './chart-time-series.tsx'
import { usePreferences } from './use-preferences.ts'

type Props = Omit<TimeSeriesProps, 'height'> & {
  height?: number
  /** What stands beside the title: step and time zone. */
  note: string
  /** What the range comes to, with every digit and with a word on how far that is known. */
  total?: { text: string; exact: string; note: string }
  hidden?: string[]
  onToggle?: (key: string) => void
  /** For an image of the chart: whose figures these are, and what they rest on. */
  subject: string
  source: string
  /** What a whole series comes to, as text. */
  totals?: Record<string, string> | null
}

/** A chart over time with its title, total and legend. The drawing library is loaded when the first one is shown. */
export function ChartFigure({ height = CHART_HEIGHT, totals = null, total, note, subject, source, ...props }: Props) {
  const { hidden = [], onToggle, ...chart } = props
  // What is written on the axes is kept by the drawing, which holds nothing that anybody typed.
  const { units, zone } = usePreferences()
  const figure = useRef<HTMLElement>(null)
  const { label, steps, flags = [], gaps = [] } = chart
  const series = chart.series.filter(({ key }) => !hidden.includes(key))
  const { i18n, t } = useLingui()
  const marks = marksOf(series.length, chart.stacked ?? false)
  const draw = async () => {
    const drawing = figure.current?.querySelector<SVGSVGElement>('svg.recharts-surface')
    if (!drawing) throw new Error(t`There is no drawing yet: the chart is still being drawn, or its file did not come.`)
    return (await import('./chart-image.ts')).drawnOnPage(drawing)
  }
  const words = {
    title: label,
    subject,
    note,
    total: total ? `${total.text} ${total.note}` : null,
    marks: series.map(({ key, name, colour }) => ({
      colour,
      marks,
      text: [name, totals?.[key]].filter(Boolean).join(' '),
    })),
    source: [source, ...legendOf(steps, chart.format, gaps.length > 0), ...withoutOf(chart.series, hidden)].join(' · '),
  }
  return (
    <figure className="chart-figure" ref={figure}>
      <figcaption>
        <div className="chart-head">
          <h3>
            {label} <small>{note}</small>
          </h3>
          <ChartSave words={words} draw={draw} />
        </div>
        {total && (
          <div className="chart-total" title={total.exact}>
            {total.text} <small>{total.note}</small>
          </div>
        )}
        <ChartLegend
          series={chart.series}
          steps={steps}
          totals={totals}
          hidden={hidden}
          onToggle={onToggle}
          hasGaps={gaps.length > 0}
          marks={marks}
        />
      </figcaption>
      <Drawing key={`${units} ${zone} ${i18n.locale}`} {...chart} series={series} height={height} />
      {flags.length > 0 && (
        <ul className="chart-flags" aria-label={t`Changes during ${midSentence(label)}`}>
          {flags.map(({ at, label: flag, detail }) => (
            <li key={`${at} ${flag}`}>
              ⚑ {formatInstant(at)}: {flag}
              {detail !== null && ` (${detail})`}
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}

/** What the marks of the legend mean, in words, for an image of the chart. */
const legendOf = (steps: ChartStep[], { partly }: ChartFormat, hasGaps: boolean): string[] => [
  ...(steps.some(({ coverage }) => coverage === 'partial') ? [t(partly.legend)] : []),
  ...(steps.some(({ coverage }) => coverage === 'unknown') ? [t`hatched: nothing is known`] : []),
  ...(hasGaps ? [t`hatched: periods missing`] : []),
  ...(steps.some(({ compared }) => compared !== undefined) ? [t`dotted: the range before`] : []),
]

const withoutOf = (series: ChartSeries[], hidden: string[]): string[] => {
  const names = series.filter(({ key }) => hidden.includes(key)).map(({ name }) => name)
  return names.length > 0 ? [t`without ${names.join(', ')}, which the total holds`] : []
}
