import type { HeatCell, HeatMap } from '@ostor-console/shared/usage'
import { inEach } from '../../format/locale.ts'

const weekday = inEach((locale) => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }))

/** From Monday on, as 2024 began with one. */
export const weekdays = (): string[] =>
  Array.from({ length: 7 }, (_, day) => weekday().format(Date.UTC(2024, 0, day + 1)))
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** The highest mean, against which all are drawn. */
export const mostOf = ({ cells }: HeatMap): bigint =>
  cells.reduce((high, { mean }) => (mean !== null && BigInt(mean) > high ? BigInt(mean) : high), 0n)

/** How dark an hour is, in percent; `null` when nothing is known of it. */
export const shareOf = (most: bigint, { mean }: HeatCell): number | null => {
  if (mean === null) return null
  return most === 0n ? 0 : Number((BigInt(mean) * 100n) / most)
}
