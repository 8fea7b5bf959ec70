import type { OverDefault } from '@ostor-console/shared/quotas'
import { formatCount, plural } from '../../format/counts.ts'

/** How many are over, for each size that a GB may have; the most first. */
export const countsOf = ({ over }: OverDefault, bytesPerGb: string | null): number[] =>
  over.filter((each) => bytesPerGb === null || each.bytesPerGb === bytesPerGb).map(({ count }) => count)

/** `12 of 120 users store more than 250 GB now.`, with both counts while it is not known what a GB is. */
export function overText(found: OverDefault, of: 'user' | 'bucket', bytesPerGb: string | null): string {
  const { size, total } = found
  const all = plural(total, of)
  const store = of === 'user' ? ['stores', 'store'] : ['holds', 'hold']
  const [most = 0, fewest = most] = countsOf(found, bytesPerGb)
  const more = `more than ${formatCount(size)} GB now`
  if (most === 0) return `None of ${all} ${store[0]} ${more}.`
  if (most === fewest) return `${formatCount(most)} of ${all} ${store[most === 1 ? 0 : 1]} ${more}.`
  return `${formatCount(fewest)} to ${formatCount(most)} of ${all} ${store[1]} ${more}: the gateway's GB may be 10^9 or 2^30 bytes.`
}

/** What the count cannot say. */
export const caveatsOf = ({ unknown }: OverDefault, of: 'user' | 'bucket'): string =>
  [
    unknown > 0 && `Of ${plural(unknown, of)} the size is not known.`,
    `${of === 'user' ? 'Users' : 'Buckets'} with a quota of their own are among them: one list does not tell them apart.`,
  ]
    .filter(Boolean)
    .join(' ')
