import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

const MINUTE = 60_000
const DAY = 86_400_000

/**
 * What stands in the address: a name that moves with the clock, two days in UTC, both inside, or two instants, of which
 * the second is outside.
 */
export type RangeChoice = RangeName | { from: string; to: string }
export type RangeName = (typeof RANGE_NAMES)[number]
export const RANGE_NAMES = ['24h', '7d', '30d', '90d', '13m', 'this-month', 'last-month'] as const

export const RANGE_LABELS: Record<RangeName, MessageDescriptor> = {
  '24h': msg`Last 24 hours`,
  '7d': msg`Last 7 days`,
  '30d': msg`Last 30 days`,
  '90d': msg`Last 90 days`,
  '13m': msg`Last 13 months`,
  'this-month': msg`Billing month so far`,
  'last-month': msg`Last closed month`,
}

/** `from` is inside, `to` is not. Without a step, the server takes the smallest that the source allows. */
export type Range = { from: string; to: string; stepSeconds: number | null }

export const MAX_DAYS = 400
const EARLIEST = Date.UTC(2010, 0, 1)
const HOUR = 3_600_000

const HOURS = [6, 12, 24, 48, 168].map((hours) => hours * 3600)
const DAY_SECONDS = 86_400
const FEWEST_POINTS = 60

/** How many points a chart of this window has room for. */
const room = (): number => {
  const width = globalThis.innerWidth || 1440
  // Two charts stand side by side where there is room for both, next to the navigation.
  const chart = width > 1150 ? (width - 300) / 2 : width - 80
  return Math.max(FEWEST_POINTS, Math.floor(chart / 5))
}

/**
 * A step that keeps a chart legible at its width. Short ranges have none, because no step may be shorter than the
 * source's own, which the server knows.
 */
const stepFor = (milliseconds: number): number | null => {
  const days = milliseconds / DAY
  if (days <= 8) return null
  const fits = (step: number) => milliseconds / 1000 / step <= room()
  const least = days <= 16 ? 6 * 3600 : DAY_SECONDS
  return HOURS.find((step) => step >= least && fits(step)) ?? 7 * DAY_SECONDS
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
  '13m': ({ minute, month }) => [month(-12), minute],
  // In the first minute of a month there is nothing of it yet.
  'this-month': ({ minute, month }) => [month(0), Math.max(minute, month(0) + MINUTE)],
  'last-month': ({ month }) => [month(-1), month(0)],
}

/** From and to of what was chosen, whether or not all of it is over. */
export const boundsOf = (choice: RangeChoice, now: Date): [number, number] => {
  if (typeof choice !== 'string')
    return isDay(choice.from) ? [Date.parse(choice.from), Date.parse(choice.to) + DAY] : instantsOf(choice)
  const month = (offset: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)
  return BOUNDS[choice]({ minute: floorTo(now.getTime(), MINUTE), month })
}

/** A moving range is resolved when this is called. Its start is aligned to a step; its end is the current minute. */
export function resolveRange(choice: RangeChoice, now: Date): Range {
  const [from, to] = boundsOf(choice, now)
  // A day that has not ended would otherwise be drawn as missing.
  const end = Math.min(to, Math.max(floorTo(now.getTime(), MINUTE), from + MINUTE))
  return rangeOf(from, end)
}

const instantsOf = ({ from, to }: { from: string; to: string }): [number, number] => [Date.parse(from), Date.parse(to)]

/** What an admin typed or a link carried; `null` unless it is two days or instants in order, not before 2010, not too far apart. */
export function customRange(from: unknown, to: unknown): { from: string; to: string } | null {
  if (isDay(from) && isDay(to)) return isRange(Date.parse(from), Date.parse(to) + DAY) ? { from, to } : null
  if (!isInstant(from) || !isInstant(to)) return null
  return isRange(...instantsOf({ from, to })) ? { from, to } : null
}

/** The days that a choice lies in, as an admin would type them. */
export function daysOf(choice: RangeChoice, now: Date): { from: string; to: string } {
  const [from, to] = boundsOf(choice, now)
  const end = Math.ceil(to / DAY) * DAY
  return { from: dayText(Math.max(from, end - MAX_DAYS * DAY)), to: dayText(end - 1) }
}

const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** A stretch of a chart, as it stands in the address. */
export const instantRange = (from: number, to: number): { from: string; to: string } => ({
  from: minuteText(from),
  to: minuteText(to),
})

const minuteText = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`

const isRange = (start: number, end: number): boolean =>
  start >= EARLIEST && end > start && end - start <= MAX_DAYS * DAY

const isInstant = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text))

/** The range as long again around its middle, not beyond now; `null` when it cannot grow. */
export function zoomedOut(from: string, to: string, now: Date): { from: string; to: string } | null {
  const half = (Date.parse(to) - Date.parse(from)) / 2
  const end = Math.min(Date.parse(to) + half, floorTo(now.getTime(), MINUTE))
  const start = Math.max(EARLIEST, Date.parse(from) - half, end - MAX_DAYS * DAY)
  return start < Date.parse(from) || end > Date.parse(to) ? instantRange(start, end) : null
}

export type Comparison = 'previous' | 'year'

type Stepped = { from: string; to: string; stepSeconds: number; lastStepAt?: string | undefined }

/**
 * The range that another one is compared with: as long, right before it but for a step that has only begun, or a year earlier. It lies whole steps earlier,
 * so that step lies over step, and whole days where it is a day or more, so that the hours of the day are the same. A
 * last step that is not over has nothing beneath it, so that what lies there moves with the steps, not with the minutes.
 */
export function comparedRange(
  { from, to, stepSeconds, lastStepAt = to }: Stepped,
  comparison: Comparison,
): { from: string; to: string } {
  const step = stepSeconds * 1000
  const shift = comparison === 'year' ? floorTo(365 * DAY, step) : stepsBefore(Date.parse(to) - Date.parse(from), step)
  const earlier = (at: string) => new Date(Date.parse(at) - shift).toISOString()
  return { from: earlier(from), to: earlier(lastStepAt > from ? lastStepAt : to) }
}

/** A step that has only begun does not count, or "24 hours" would be more than a day. */
const stepsBefore = (length: number, step: number): number => {
  const whole = Math.max(step, floorTo(length, step))
  return whole < DAY ? whole : Math.ceil(whole / DAY) * DAY
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
