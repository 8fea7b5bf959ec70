import { figure, inEach, locale } from './locale.ts'

const percents = (places: number) =>
  inEach((each) => new Intl.NumberFormat(each, { style: 'percent', maximumFractionDigits: places }))
const wholePercent = percents(0)
const percent = percents(1)
const compact = inEach((each) => new Intl.NumberFormat(each, { notation: 'compact', maximumSignificantDigits: 3 }))

/** Every digit, grouped: `1,234,567`. Takes decimal text of any length. */
export const formatCount = (count: string | number | bigint): string => BigInt(count).toLocaleString(locale())

/** Three digits at most: `1.23M`. */
export const compactCount = (count: string | number | bigint): string => compact().format(BigInt(count))

/** `part` of `whole` as a number between 0 and 1, exact to a ten-thousandth; `null` when the whole is 0. */
export function shareOf(part: string | bigint, whole: string | bigint): number | null {
  const all = BigInt(whole)
  return all === 0n ? null : Number((BigInt(part) * 10_000n) / all) / 10_000
}

/** `12.3%`; what is there but too small to show is `< 0.1%`. */
export const formatShare = (share: number, part: string | bigint): string =>
  figure(share < 0.001 && BigInt(part) > 0n ? `< ${percent().format(0.001)}` : percent().format(share))

/** The change from `before` to `now` as a signed percentage, or as a multiple when it is large; `null` when there is nothing to compare with. */
export function formatChange(before: string | bigint, now: string | bigint): string | null {
  const base = BigInt(before)
  if (base === 0n) return null
  const change = Number(((BigInt(now) - base) * 1000n) / base) / 1000
  if (change === 0) return figure(`±${wholePercent().format(0)}`)
  const size = Math.abs(change)
  if (size >= 10) return figure(`×${Math.round(size + 1)}`)
  return figure(`${change > 0 ? '+' : '−'}${(size < 0.1 ? percent : wholePercent)().format(size)}`)
}
