const HOUR = 3_600_000
const DAY = 24 * HOUR
const TIME_STEPS = [HOUR / 2, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY]

/** Round instants in UTC, at most `most` of them where the range allows; months where days would be too many. */
export function timeTicks(from: number, to: number, most = 9): { ticks: number[]; step: number } {
  const step = TIME_STEPS.find((candidate) => (to - from) / candidate <= most)
  if (step === undefined) return { ticks: months(from, to), step: 31 * DAY }
  const ticks: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at)
  return { ticks, step }
}

const months = (from: number, to: number): number[] => {
  const first = new Date(from)
  const ticks: number[] = []
  for (let month = 0; month < 600; month += 1) {
    const at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1)
    if (at > to) break
    if (at >= from) ticks.push(at)
  }
  return ticks
}

/** 0 and up to five round values above it, round in multiples of `unit`; the last one is not below `highest`. */
export function valueTicks(highest: number, unit = 1): number[] {
  if (highest <= 0) return [0, unit]
  const rough = highest / unit / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10
  // A quarter of an operation, or of a byte, does not exist.
  const step = unit === 1 ? Math.max(1, Math.ceil(factor * power)) : factor * power
  const count = Math.ceil(highest / unit / step)
  return Array.from({ length: count + 1 }, (_, index) => index * step * unit)
}
