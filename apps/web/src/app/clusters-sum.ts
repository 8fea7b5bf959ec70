import type { Freshness } from '@ostor-console/shared/figure'

/** What is known together, and of how many nothing is known; `null` when of none. */
export type Sum = { total: bigint | null; missing: number }

export const addUp = (values: (number | string | null | undefined)[]): Sum => {
  const known = values.flatMap((value) => (value === null || value === undefined ? [] : BigInt(value)))
  return {
    total: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0n),
    missing: values.length - known.length,
  }
}

/** Of two lists the one that was read longer ago, or the only one. */
export const olderOf = (a: Freshness | undefined, b: Freshness | undefined): Freshness | undefined =>
  a && b ? (a.asOf < b.asOf ? a : b) : (a ?? b)
