import type { HeatCell, HeatMap } from '@ostor-console/shared/usage'

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** The highest mean, against which all are drawn. */
export const mostOf = ({ cells }: HeatMap): bigint =>
  cells.reduce((high, { mean }) => (mean !== null && BigInt(mean) > high ? BigInt(mean) : high), 0n)

/** How dark an hour is, in percent; `null` when nothing is known of it. */
export const shareOf = (most: bigint, { mean }: HeatCell): number | null => {
  if (mean === null) return null
  return most === 0n ? 0 : Number((BigInt(mean) * 100n) / most)
}
