import { t } from '@lingui/core/macro'
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { useActiveTooltipDataPoints } from 'recharts'
import type { ChartRow, ChartStep } from './chart-rows.ts'
import type { ChartFormat, ChartSeries } from './chart-series.ts'
import { valueText } from './chart-tooltip.tsx'

/** Inside a chart: tells at which step its keys stand, by where that begins. */
export function ActiveStep({ onActive }: { onActive: (from: number | null) => void }) {
  const from = useActiveTooltipDataPoints<ChartRow>()?.[0]?.step.from ?? null
  useEffect(() => onActive(from), [from, onActive])
  return null
}

export type Stretch = { first: number; last: number }

/** When the stretch begins and ends, in whichever direction it was drawn. */
export const instantsOf = (steps: ChartStep[], { first, last }: Stretch): { from: number; to: number } | null => {
  const from = steps[Math.min(first, last)]?.from
  const to = steps[Math.max(first, last)]?.to
  return from === undefined || to === undefined ? null : { from, to }
}

/** Ends of what the keys select among the steps, while they do. */
export function useChartKeys(steps: ChartStep[], onZoom: ((from: number, to: number) => void) | undefined) {
  const [active, setActive] = useState<number | null>(null)
  const [anchor, setAnchor] = useState<number | null>(null)
  const [isKeyed, setKeyed] = useState(false)
  const indexOf = (from: number | null) => steps.findIndex((step) => step.from === from)
  const first = indexOf(anchor)
  const last = indexOf(active)
  const selected: Stretch | null = anchor === null || first < 0 || last < 0 ? null : { first, last }

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey } = event
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      setKeyed(true)
      // The chart itself goes on to the next step after this.
      setAnchor(shiftKey && onZoom ? (anchor ?? active) : null)
    } else if (key === 'Escape') setAnchor(null)
    else if (key === 'Enter' && selected) {
      event.preventDefault()
      event.stopPropagation()
      const between = instantsOf(steps, selected)
      setAnchor(null)
      if (between) onZoom?.(between.from, between.to)
    }
  }
  const onBlur = () => {
    setKeyed(false)
    setAnchor(null)
  }
  return { selected, spoken: isKeyed ? (steps[last] ?? null) : null, setActive, onKeyDown, onBlur }
}

type KeysProps = {
  keys: ReturnType<typeof useChartKeys>
  steps: ChartStep[]
  series: ChartSeries[]
  format: ChartFormat
  children: ReactNode
}

/** Around a chart: takes its keys, and says to a screen reader at which step they stand or what they select. */
export function ChartKeys({ keys, steps, series, format, children }: KeysProps) {
  const { selected, spoken, onKeyDown, onBlur } = keys
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the chart inside has the focus
    <div onKeyDownCapture={onKeyDown} onBlur={onBlur}>
      {children}
      <output className="sr-only">
        {selected ? selectionText(steps, selected, format) : spoken && stepText(spoken, series, format)}
      </output>
    </div>
  )
}

const selectionText = (steps: ChartStep[], selected: Stretch, format: ChartFormat): string => {
  const { from, to } = instantsOf(steps, selected) ?? { from: 0, to: 0 }
  const span = format.span(from, to)
  return t`Selected: ${span}. Enter zooms in, Escape lets go.`
}

const stepText = ({ from, to, values, coverage }: ChartStep, series: ChartSeries[], format: ChartFormat): string => {
  const span = format.span(from, to)
  if (!values) return t`${span}: nothing is known of this time`
  const said = series.map(({ key, name }) => `${name} ${valueText(format, values[key])}`).join(', ')
  return `${span}: ${said}${coverage === 'partial' ? `. ${t(format.partly.sentence)}` : ''}`
}
