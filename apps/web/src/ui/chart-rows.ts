/** One step of a time series. `values` are decimal texts by series key, `null` where nothing is known. */
export type ChartStep = {
  from: number
  to: number
  coverage: 'complete' | 'partial' | 'unknown'
  values: Record<string, string> | null
  /** The same of an earlier range; `null` where not all is known of it, left out without a comparison. */
  compared?: Record<string, string> | null
}

/** A step as it is drawn: in its middle, each series as a band, with its edge solid where complete and dashed where not. */
export type ChartRow = {
  at: number
  step: ChartStep
  bands: Record<string, [number, number]> | null
  /** Heights of the earlier range: of each series, or of their sum when they are stacked. */
  earlier: Record<string, number> | null
  solid: boolean
  dashed: boolean
  /** No neighbour to draw a line to. */
  alone: boolean
}

export function rowsOf(steps: ChartStep[], keys: string[], stacked: boolean): ChartRow[] {
  const partial = (step: ChartStep | undefined) => step?.coverage === 'partial'
  const known = (step: ChartStep | undefined) => step !== undefined && step.values !== null
  return steps.map((step, index) => {
    const before = steps[index - 1]
    const after = steps[index + 1]
    return {
      at: (step.from + step.to) / 2,
      step,
      bands: step.values && bandsOf(step.values, keys, stacked),
      earlier: step.compared ? earlierOf(step.compared, keys, stacked) : null,
      solid: step.coverage === 'complete',
      // A dashed edge has to start at the last complete point, or there would be a hole before it.
      dashed: known(step) && (partial(step) || partial(before) || partial(after)),
      alone: known(step) && !known(before) && !known(after),
    }
  })
}

const bandsOf = (values: Record<string, string>, keys: string[], stacked: boolean) => {
  let base = 0
  const bands: Record<string, [number, number]> = {}
  for (const key of keys) {
    // Of one that is not known nothing is drawn.
    if (values[key] === undefined) continue
    const value = Number(values[key])
    bands[key] = [base, base + value]
    if (stacked) base += value
  }
  return bands
}

/** The key under which the sum of stacked series stands. */
export const WHOLE = 'whole'

const earlierOf = (values: Record<string, string>, keys: string[], stacked: boolean): Record<string, number> => {
  const heights = keys.flatMap((key): [string, number][] =>
    values[key] === undefined ? [] : [[key, Number(values[key])]],
  )
  return stacked ? { [WHOLE]: heights.reduce((sum, [, height]) => sum + height, 0) } : Object.fromEntries(heights)
}

export const highest = (rows: ChartRow[]): number =>
  rows.reduce(
    (most, { bands, earlier }) =>
      Math.max(most, ...Object.values(bands ?? {}).map(([, top]) => top), ...Object.values(earlier ?? {})),
    0,
  )

/** Neighbouring steps of one coverage as one stretch, to be marked as a whole. */
export function stretches(steps: ChartStep[], coverage: ChartStep['coverage']): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  for (const step of steps) {
    const last = found.at(-1)
    if (step.coverage !== coverage) continue
    if (last && last.to === step.from) last.to = step.to
    else found.push({ from: step.from, to: step.to })
  }
  return found
}
