import { offsetsOf } from '../../lists/time-zone.ts'

const HOUR_MS = 3_600_000

/** The month after, or so many after. */
export const monthAfter = (month: string, months = 1): string => {
  const at = new Date(`${month}-01T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  return at.toISOString().slice(0, 7)
}

/** When a month begins in a time zone, as a whole hour of UTC: sizes are sampled at those, so months leave no hour out. */
export const monthStart = (month: string, timeZone: string): Date => {
  const offsetAt = offsetsOf(timeZone)
  const local = Date.parse(`${month}-01T00:00:00Z`) / 1000
  // Twice: the offset is that of the instant, and the first guess may lie on the other side of a change.
  const guess = local - offsetAt(local)
  const at = (local - offsetAt(guess)) * 1000
  return new Date(Math.ceil(at / HOUR_MS) * HOUR_MS)
}

/** The month that an instant lies in, as the hours are counted. */
export const monthAt = (at: Date, timeZone: string): string => {
  const month = at.toISOString().slice(0, 7)
  if (at < monthStart(month, timeZone)) return monthAfter(month, -1)
  return at >= monthStart(monthAfter(month), timeZone) ? monthAfter(month) : month
}

export const hoursOf = ({ from, to }: { from: Date; to: Date }): number =>
  Math.round((to.getTime() - from.getTime()) / HOUR_MS)

/** First and last day, as they stand on an invoice. */
export const daysOf = (month: string): { first: string; last: string } => {
  const end = new Date(`${monthAfter(month)}-01T00:00:00Z`)
  return { first: `${month}-01`, last: new Date(end.getTime() - 24 * HOUR_MS).toISOString().slice(0, 10) }
}
