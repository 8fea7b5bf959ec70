const MINUTE = 60_000
const DAY = 86_400_000

/** What stands in the address: a name that moves with the clock, or two days in UTC, both inside. */
export type RangeChoice = RangeName | { from: string; to: string }
export type RangeName = (typeof RANGE_NAMES)[number]
export const RANGE_NAMES = ['24h', '7d', '30d', '90d', 'this-month', 'last-month'] as const

export const RANGE_LABELS: Record<RangeName, string> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  'this-month': 'This month so far',
  'last-month': 'Last month',
}

/** `from` is inside, `to` is not. Without a step, the server takes the smallest that the source allows. */
export type Range = { from: string; to: string; stepSeconds: number | null }

export const MAX_DAYS = 400
const EARLIEST = Date.UTC(2010, 0, 1)
const HOUR = 3_600_000

/** A step that keeps a chart legible. Short ranges have none, because no step may be shorter than the source's own. */
const stepFor = (milliseconds: number): number | null => {
  const days = milliseconds / DAY
  if (days <= 8) return null
  if (days <= 16) return 6 * 3600
  return days <= 130 ? 86_400 : 7 * 86_400
}

const floorTo = (at: number, size: number): number => Math.floor(at / size) * size

const rangeOf = (from: number, to: number): Range => {
  const stepSeconds = stepFor(to - from)
  const start = floorTo(from, stepSeconds === null ? HOUR : Math.min(stepSeconds * 1000, DAY))
  return { from: new Date(start).toISOString(), to: new Date(to).toISOString(), stepSeconds }
}

type Moment = { minute: number; month: (offset: number) => number }

const BOUNDS: Record<RangeName, (moment: Moment) => [number, number]> = {
  '24h': ({ minute }) => [minute - DAY, minute],
  '7d': ({ minute }) => [minute - 7 * DAY, minute],
  '30d': ({ minute }) => [minute - 30 * DAY, minute],
  '90d': ({ minute }) => [minute - 90 * DAY, minute],
  // In the first minute of a month there is nothing of it yet.
  'this-month': ({ minute, month }) => [month(0), Math.max(minute, month(0) + MINUTE)],
  'last-month': ({ month }) => [month(-1), month(0)],
}

const bounds = (choice: RangeChoice, now: Date): [number, number] => {
  if (typeof choice !== 'string') return [Date.parse(choice.from), Date.parse(choice.to) + DAY]
  const month = (offset: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)
  return BOUNDS[choice]({ minute: floorTo(now.getTime(), MINUTE), month })
}

/** A moving range is resolved when this is called. Its start is aligned to a step; its end is the current minute. */
export function resolveRange(choice: RangeChoice, now: Date): Range {
  const [from, to] = bounds(choice, now)
  // A day that has not ended would otherwise be drawn as missing.
  const end = Math.min(to, Math.max(floorTo(now.getTime(), MINUTE), from + MINUTE))
  return rangeOf(from, end)
}

/** What an admin typed or a link carried; `null` unless it is two days in order, not before 2010, not too far apart. */
export function customRange(from: unknown, to: unknown): { from: string; to: string } | null {
  if (!isDay(from) || !isDay(to)) return null
  const start = Date.parse(from)
  const end = Date.parse(to)
  return start >= EARLIEST && end >= start && end + DAY - start <= MAX_DAYS * DAY ? { from, to } : null
}

const isDay = (text: unknown): text is string =>
  typeof text === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text)

type RangeSearch = { range?: RangeName; from?: string; to?: string }

/** Reads the part of the address that chooses a range; what makes no sense is left out. */
export function rangeSearch(search: Record<string, unknown>): RangeSearch {
  const custom = customRange(search['from'], search['to'])
  if (custom) return custom
  const name = RANGE_NAMES.find((candidate) => candidate === search['range'])
  return name ? { range: name } : {}
}

export const choiceOf = ({ range, from, to }: RangeSearch, otherwise: RangeName): RangeChoice =>
  from !== undefined && to !== undefined ? { from, to } : (range ?? otherwise)

type Address = Record<string, string | undefined>

/** The address with another range in it; the keys of the one before are gone. */
export function withRange(search: Address, choice: RangeChoice): Address {
  const { range: _range, from: _from, to: _to, ...rest } = search
  return { ...rest, ...(typeof choice === 'string' ? { range: choice } : choice) }
}
