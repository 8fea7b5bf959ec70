import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useId, useMemo, useState } from 'react'
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { AloneDot } from './chart-dot.tsx'
import { ActiveStep, ChartKeys, instantsOf, type Stretch, useChartKeys } from './chart-keys.tsx'
import { Hatches, hatchFill, Marker, marksOf } from './chart-marks.tsx'
import { type ChartRow, type ChartStep, highest, rowsOf, stretches, WHOLE } from './chart-rows.ts'
import type { ChartFlag, ChartFormat, ChartGap, ChartSeries } from './chart-series.ts'
import { timeTicks, valueTicks } from './chart-ticks.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import './chart-time-series.css'

export type TimeSeriesProps = {
  label: string
  steps: ChartStep[]
  series: ChartSeries[]
  format: ChartFormat
  stacked?: boolean
  height: number
  /** Hatched besides the steps of which nothing is known. */
  gaps?: ChartGap[]
  flags?: ChartFlag[]
  /** A stretch was drawn over with the pointer, or selected by keys. */
  onZoom?: ((from: number, to: number) => void) | undefined
}

const NONE: never[] = []
const STEPPING = msg`Left and right go from step to step.`
const SELECTING = msg`Left and right go from step to step. With Shift they select a range, into which Enter zooms.`

const bandOf = (key: string) => (row: ChartRow) => row.bands?.[key] ?? null
const edgeOf = (key: string, where: 'solid' | 'dashed') => (row: ChartRow) =>
  row[where] ? (row.bands?.[key]?.[1] ?? null) : null

/** Draws steps over time; it neither fetches nor chooses the range. What is not known is hatched, never 0. */
export default function TimeSeries(props: TimeSeriesProps) {
  const { label, steps, series, format, stacked = false, height, gaps = NONE, flags = NONE, onZoom } = props
  const { t } = useLingui()
  const hatch = useId()
  const marks = marksOf(series.length, stacked)
  const [drawn, setDrawn] = useState<Stretch | null>(null)
  const keys = series.map(({ key }) => key).join(' ')
  const rows = useMemo(() => rowsOf(steps, keys.split(' '), stacked), [steps, keys, stacked])
  const from = steps[0]?.from ?? 0
  const to = steps.at(-1)?.to ?? 1
  const x = useMemo(() => timeTicks(from, to), [from, to])
  const most = highest(rows)
  const lonely = rows.some(({ alone }) => alone) ? series : []
  const hasEarlier = rows.some(({ earlier }) => earlier !== null)
  const byKeys = useChartKeys(steps, onZoom)
  const ends = drawn ?? byKeys.selected
  const selected = ends && instantsOf(steps, ends)

  const finish = () => {
    // A click is no stretch.
    if (drawn && selected && drawn.first !== drawn.last) onZoom?.(selected.from, selected.to)
    setDrawn(null)
  }
  const pointer = onZoom && {
    onMouseDown: ({ activeTooltipIndex }: { activeTooltipIndex?: unknown }) => {
      const index = indexOf(activeTooltipIndex)
      if (index !== null) setDrawn({ first: index, last: index })
    },
    onMouseMove: ({ activeTooltipIndex }: { activeTooltipIndex?: unknown }) => {
      const index = indexOf(activeTooltipIndex)
      if (drawn && index !== null) setDrawn({ ...drawn, last: index })
    },
    onMouseUp: finish,
    onMouseLeave: () => setDrawn(null),
  }
  const y = useMemo(() => valueTicks(most, format.unit(most)), [most, format])

  return (
    <ChartKeys keys={byKeys} steps={steps} series={series} format={format}>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 600, height }}>
        <ComposedChart
          accessibilityLayer
          data={rows}
          margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
          title={label}
          desc={t(onZoom ? SELECTING : STEPPING)}
          className={onZoom ? 'chart chart-zooms' : 'chart'}
          {...pointer}
        >
          <ActiveStep onActive={byKeys.setActive} />
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line x1="0" y1="0" x2="0" y2="6" className="chart-hatch" />
            </pattern>
            {marks === 'hatches' && <Hatches id={hatch} colours={series.map(({ colour }) => colour)} />}
          </defs>
          <CartesianGrid vertical={false} className="chart-grid" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={[from, to]}
            ticks={x.ticks}
            tickFormatter={(at: number) => format.time(at, x.step)}
            interval="equidistantPreserveStart"
            minTickGap={20}
            tickLine={false}
            tickMargin={8}
            height={28}
          />
          <YAxis
            domain={[0, y.at(-1) ?? 1]}
            ticks={y}
            tickFormatter={format.axis}
            axisLine={false}
            tickLine={false}
            width={68}
          />
          {stretches(steps, 'unknown').map((gap) => (
            <ReferenceArea key={gap.from} x1={gap.from} x2={gap.to} fill={`url(#${hatch})`} className="chart-gap" />
          ))}
          {gaps.map(({ from: start, to: end, label: gap }) => (
            <ReferenceArea
              key={`${start} ${gap}`}
              x1={Math.max(start, from)}
              x2={Math.min(end, to)}
              fill={`url(#${hatch})`}
              className="chart-gap"
            />
          ))}
          {series.map(({ key, colour }) => (
            <Area
              key={key}
              dataKey={bandOf(key)}
              type="monotone"
              stroke="none"
              fill={marks === 'hatches' ? hatchFill(hatch, colour) : `var(--chart-${colour})`}
              fillOpacity={marks === 'hatches' ? 1 : stacked ? 0.55 : 0.12}
              connectNulls={false}
              isAnimationActive={false}
              activeDot={false}
            />
          ))}
          {series.flatMap(({ key, colour }) =>
            (['solid', 'dashed'] as const).map((where) => (
              <Line
                key={`${key} ${where}`}
                dataKey={edgeOf(key, where)}
                type="monotone"
                stroke={`var(--chart-${colour})`}
                strokeWidth={stacked ? 1.5 : 2}
                {...(where === 'dashed' && { strokeDasharray: '4 4' })}
                dot={marks === 'markers' && where === 'solid' ? <Marker colour={colour} among={rows.length} /> : false}
                connectNulls={false}
                isAnimationActive={false}
                activeDot={where === 'solid' ? { r: 4, className: 'chart-active' } : false}
              />
            )),
          )}
          {hasEarlier &&
            (stacked ? [{ key: WHOLE, colour: 4 }] : series).map(({ key, colour }) => (
              <Line
                key={`${key} earlier`}
                dataKey={(row: ChartRow) => row.earlier?.[key] ?? null}
                type="monotone"
                stroke={`var(--chart-${colour})`}
                strokeWidth={1}
                strokeOpacity={0.8}
                strokeDasharray="2 3"
                dot={false}
                connectNulls={false}
                isAnimationActive={false}
                activeDot={false}
              />
            ))}
          {flags.map(({ at, label: flag }) => (
            <ReferenceLine key={`${at} ${flag}`} x={at} className="chart-flag" />
          ))}
          {selected && <ReferenceArea x1={selected.from} x2={selected.to} className="chart-selected" />}
          {lonely.map(({ key, colour }) => (
            <Line
              key={`${key} alone`}
              dataKey={(row: ChartRow) => (row.alone ? (row.bands?.[key]?.[1] ?? null) : null)}
              stroke="none"
              dot={<AloneDot colour={colour} />}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
          <Tooltip
            filterNull={false}
            isAnimationActive={false}
            cursor={{ className: 'chart-cursor' }}
            content={<ChartTooltip series={series} format={format} marks={marks} gaps={gaps} flags={flags} />}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartKeys>
  )
}

const indexOf = (index: unknown): number | null => {
  const number = typeof index === 'string' || typeof index === 'number' ? Number(index) : Number.NaN
  return Number.isInteger(number) ? number : null
}
