import { timeZone } from './preferences.ts'

const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** A day as it stands in the address, `2026-11-01`; `null` when it is none. */
export const dayOf = (text: unknown): string | null => (isDay(text) ? text : null)

/** When a day begins on the page's clock; `later` days after it. */
export const dayStart = (day: string, later = 0): Date => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return timeZone() === 'UTC'
    ? new Date(Date.UTC(year, month - 1, date + later))
    : new Date(year, month - 1, date + later)
}

/** An instant as a field for day and time takes it, on the page's clock: `2026-11-01T14:30`. */
export const typedText = (at: string | number | Date): string => {
  const date = new Date(at)
  const shift = timeZone() === 'UTC' ? 0 : date.getTimezoneOffset() * 60_000
  return new Date(date.getTime() - shift).toISOString().slice(0, 16)
}

/** What such a field says; `null` when that is no time. */
export const typedInstant = (text: string): Date | null => {
  const at = new Date(timeZone() === 'UTC' ? `${text}Z` : text)
  return text === '' || Number.isNaN(at.getTime()) ? null : at
}
