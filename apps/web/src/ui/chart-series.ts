import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** `colour` counts from 1 and names a pair of colours, one for each theme. */
export type ChartSeries = { key: string; name: string; colour: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 }

/** A stretch that is hatched: something of it is missing, as `label` says. */
export type ChartGap = { from: number; to: number; label: string }

/** Something that was changed at an instant. */
export type ChartFlag = { at: number; label: string; detail: string | null }

/** What a figure says of a step of which only some is known: in a cell, as a sentence, in a legend. */
type Partly = Record<'cell' | 'sentence' | 'legend', MessageDescriptor>

/** What was counted can only be more. */
export const AT_LEAST: Partly = {
  cell: msg`incomplete: at least`,
  sentence: msg`Incomplete: at least this much.`,
  legend: msg`dashed: at least this`,
}
/** What was measured can have been anything since. */
export const AS_MEASURED: Partly = {
  cell: msg`incomplete: over the known hours`,
  sentence: msg`Incomplete: this is of the known hours.`,
  legend: msg`dashed: of the known hours`,
}

export type ChartFormat = {
  partly: Partly
  /** A value on the axis. */
  axis: (value: number) => string
  /** Ticks are round in multiples of this. */
  unit: (highest: number) => number
  /** A decimal text, for people, and in full where that says more. */
  value: (value: string) => string
  exact: (value: string) => string | null
  /** A tick of the time axis; `step` is the distance between two in milliseconds. */
  time: (at: number, step: number) => string
  span: (from: number, to: number) => string
}
