import { type Interval, joined, without } from './intervals.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** The periods whose roll-ups must not be used. A month is made of its days, and changes with them. */
export type Changed = {
  hours: Date[]
  days: Date[]
  months: Date[]
  /** Hours, among them, whose objects changed since gaps were looked for. */
  unexamined: Date[]
}

/** Intervals that together are a range, each byte of it in one of them: from rows where no roll-up can be used. */
export type Tiles = { rows: Interval[]; hours: Interval[]; days: Interval[]; months: Interval[] }

const up = (at: number, step: number) => Math.ceil(at / step) * step
const down = (at: number, step: number) => Math.floor(at / step) * step

/** Every stretch of it that consists of whole steps becomes one piece; what is left over goes to the finer grain. */
const cut = (intervals: readonly Interval[], edges: (interval: Interval) => Interval): [Interval[], Interval[]] => {
  const whole: Interval[] = []
  const rest: Interval[] = []
  for (const interval of intervals) {
    const inner = edges(interval)
    if (inner.from >= inner.to) rest.push(interval)
    else {
      whole.push(inner)
      rest.push(...without(interval, [inner]))
    }
  }
  return [whole, rest]
}

const stepsIn =
  (step: number) =>
  ({ from, to }: Interval): Interval => ({ from: up(from, step), to: down(to, step) })

const monthStart = (at: number, offset = 0): number => {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1)
}

const monthsIn = ({ from, to }: Interval): Interval => ({
  from: monthStart(from) === from ? from : monthStart(from, 1),
  to: monthStart(to),
})

/** The months that these days lie in, in order. */
export const monthsOf = (days: readonly Date[]): Interval[] => {
  const starts = new Set(days.map((day) => monthStart(day.getTime())))
  return [...starts].toSorted((a, b) => a - b).map((from) => ({ from, to: monthStart(from, 1) }))
}

/** Hours from their roll-up, edges and changed hours from rows. */
export const hourTiles = (range: Interval, changed: Changed): Tiles => {
  const stale = joined(changed.hours, HOUR_MS)
  const [whole, edges] = cut([range], stepsIn(HOUR_MS))
  const hours = whole.flatMap((interval) => without(interval, stale))
  const rows = [...edges, ...whole.flatMap((interval) => overlapOf(interval, stale))]
  return { rows, hours, days: [], months: [] }
}

/** Months and days from their roll-ups, edges and changed days from rows. */
export const dayTiles = (range: Interval, changed: Changed, { withMonths }: { withMonths: boolean }): Tiles => {
  const stale = joined(changed.days, DAY_MS)
  const [months, others] = withMonths ? cut([range], monthsIn) : [[], [range]]
  const staleMonths = monthsOf([...changed.days, ...changed.months])
  const wholeMonths = months.flatMap((interval) => without(interval, staleMonths))
  const coarse = [...others, ...months.flatMap((interval) => overlapOf(interval, staleMonths))]
  const [wholeDays, edges] = cut(coarse, stepsIn(DAY_MS))
  const days = wholeDays.flatMap((interval) => without(interval, stale))
  const rows = [...edges, ...wholeDays.flatMap((interval) => overlapOf(interval, stale))]
  return { rows, hours: [], days, months: wholeMonths }
}

const overlapOf = ({ from, to }: Interval, taken: readonly Interval[]): Interval[] =>
  taken
    .map((hole) => ({ from: Math.max(from, hole.from), to: Math.min(to, hole.to) }))
    .filter((interval) => interval.from < interval.to)
