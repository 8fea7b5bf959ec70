import { dateLocale } from './locale.ts'
import { timeZone } from './preferences.ts'

const SHAPES = {
  minute: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  second: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  dayOfMonth: { day: 'numeric' },
  dayAndMonth: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  clock: { hour: '2-digit', minute: '2-digit' },
  zone: { timeZoneName: 'short', hour: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

// Making a formatter takes longer than using it a hundred times.
const made = new Map<string, Intl.DateTimeFormat>()
const formatter = (shape: keyof typeof SHAPES, zone = timeZone()): Intl.DateTimeFormat => {
  const language = dateLocale()
  const key = `${language} ${zone} ${shape}`
  const known =
    made.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: zone, hourCycle: 'h23', ...SHAPES[shape] })
  made.set(key, known)
  return known
}

export type When = string | number | Date

/** `UTC`, or what the zone of this browser is called at that time: `CET`, `GMT+5:30`. */
const zoneAt = (at: Date): string =>
  timeZone() === 'UTC'
    ? 'UTC'
    : (formatter('zone')
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone())

/** `1 Nov 2026, 14:30 UTC`. */
export const formatInstant = (at: When): string => {
  const date = new Date(at)
  return `${formatter('minute').format(date)} ${zoneAt(date)}`
}

/** `1 Nov 2026, 14:30:05 UTC`. */
export const formatSecond = (at: When): string => {
  const date = new Date(at)
  return `${formatter('second').format(date)} ${zoneAt(date)}`
}

/** `1 Nov 2026`, on the page's clock or on another. */
export const formatDay = (at: When, zone?: string): string => formatter('day', zone).format(new Date(at))

/** `1`. */
export const formatDayOfMonth = (at: When): string => formatter('dayOfMonth').format(new Date(at))

/** `1 Nov`. */
export const formatDayAndMonth = (at: When): string => formatter('dayAndMonth').format(new Date(at))

/** `Nov 2026`. */
export const formatMonth = (at: When): string => formatter('month').format(new Date(at))

/** `14:30`. */
export const formatClock = (at: When): string => formatter('clock').format(new Date(at))

const DAY = 86_400_000

/** A day begins here, on the page's clock. */
export const isMidnight = (at: When): boolean => {
  const date = new Date(at)
  return timeZone() === 'UTC' ? date.getTime() % DAY === 0 : formatClock(date).startsWith('00:00')
}

/** From and to as one text: whole days as days, the last one included; all else with the time. */
export function formatSpan(from: When, to: When): string {
  const start = new Date(from)
  const end = new Date(to)
  if (isMidnight(start) && isMidnight(end)) {
    const last = new Date(end.getTime() - 1)
    return formatDay(last) === formatDay(start) ? formatDay(start) : `${formatDay(start)} – ${formatDay(last)}`
  }
  const zone = zoneAt(end)
  if (formatDay(start) === formatDay(end))
    return `${formatDay(start)}, ${formatClock(start)} – ${formatClock(end)} ${zone}`
  return `${formatter('minute').format(start)} – ${formatter('minute').format(end)} ${zone}`
}

/** A JavaScript date as whole seconds since 1970. */
export const epochSeconds = (at: When): number => Math.floor(new Date(at).getTime() / 1000)
