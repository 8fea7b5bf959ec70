import { t } from '@lingui/core/macro'
import { figure, inEach } from './locale.ts'

/** What one of the gateway's GB may be: by its documents 10^9 or 2^30 bytes, as long as it gave nothing away. */
const BYTES_OF_GB = [1_000_000_000n, 2n ** 30n]
const MILLION = 1_000_000

/** The bytes that a quota in GB may mean, the smallest first. A gateway that counts in bytes may hold a part of a GB. */
export const capacitiesOf = (size: number, bytesPerGb: string | null): bigint[] =>
  (bytesPerGb === null ? BYTES_OF_GB : [BigInt(bytesPerGb)]).map(
    (unit) => (BigInt(Math.round(size * MILLION)) * unit) / BigInt(MILLION),
  )

const percent = inEach((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }))

/** Stored bytes in whole hundredths of a quota, for each size that a GB may have; the least first. */
export const usedOf = (stored: string, size: number, bytesPerGb: string | null): number[] =>
  capacitiesOf(size, bytesPerGb)
    .map((capacity) => (capacity === 0n ? 0 : Number((BigInt(stored) * 100n) / capacity)))
    .toReversed()

/** `87%`, or `81–87%` while a GB may have two sizes. Never rounded up: `100%` is full; what is there is never `0%`. */
export const formatUsed = (used: readonly number[], stored: string): string => {
  const [least = 0, most = least] = used
  if (least === 0 && BigInt(stored) > 0n) return figure(`< ${percent().format((most + 1) / 100)}`)
  return figure(least === most ? percent().format(most / 100) : percent().formatRange(least / 100, most / 100))
}

/** `500 GB`, in the gateway's GB. */
export const formatGb = (size: number): string => {
  const number = gb().format(size)
  return t`${number} GB`
}

const gb = inEach((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }))
