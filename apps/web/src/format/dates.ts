const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options })

const minute = part({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
const second = part({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const day = part({ day: 'numeric', month: 'short', year: 'numeric' })
const dayAndMonth = part({ day: 'numeric', month: 'short' })
const month = part({ month: 'short', year: 'numeric' })
const clock = part({ hour: '2-digit', minute: '2-digit' })

export type When = string | number | Date

/** `1 Nov 2026, 14:30 UTC`. */
export const formatInstant = (at: When): string => `${minute.format(new Date(at))} UTC`

/** `1 Nov 2026, 14:30:05 UTC`. */
export const formatSecond = (at: When): string => `${second.format(new Date(at))} UTC`

/** `1 Nov 2026`, the day in UTC. */
export const formatDay = (at: When): string => day.format(new Date(at))

/** `1 Nov`. */
export const formatDayAndMonth = (at: When): string => dayAndMonth.format(new Date(at))

/** `Nov 2026`. */
export const formatMonth = (at: When): string => month.format(new Date(at))

/** `14:30`. */
export const formatClock = (at: When): string => clock.format(new Date(at))

const DAY = 86_400_000
const isMidnight = (at: Date): boolean => at.getTime() % DAY === 0

/** From and to as one text: whole days as days, the last one included; all else with the time. */
export function formatSpan(from: When, to: When): string {
  const start = new Date(from)
  const end = new Date(to)
  if (isMidnight(start) && isMidnight(end)) {
    const last = new Date(end.getTime() - DAY)
    return last.getTime() <= start.getTime() ? formatDay(start) : `${formatDay(start)} – ${formatDay(last)}`
  }
  if (formatDay(start) === formatDay(end)) return `${formatDay(start)}, ${formatClock(start)} – ${formatClock(end)} UTC`
  return `${minute.format(start)} – ${minute.format(end)} UTC`
}

/** A JavaScript date as whole seconds since 1970. */
export const epochSeconds = (at: When): number => Math.floor(new Date(at).getTime() / 1000)
