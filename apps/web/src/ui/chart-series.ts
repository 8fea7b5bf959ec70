/** `colour` counts from 1 and names a pair of colours, one for each theme. */
export type ChartSeries = { key: string; name: string; colour: 1 | 2 | 3 | 4 }

export type ChartFormat = {
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
