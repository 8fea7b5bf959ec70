import { plural, t } from '@lingui/core/macro'
import type { OverDefault } from '@ostor-console/shared/quotas'
import { formatCount } from '../../format/counts.ts'

/** How many are over, for each size that a GB may have; the most first. */
export const countsOf = ({ over }: OverDefault, bytesPerGb: string | null): number[] =>
  over.filter((each) => bytesPerGb === null || each.bytesPerGb === bytesPerGb).map(({ count }) => count)

/** `12 of 120 users store more than 250 GB now.`, with both counts while it is not known what a GB is. */
export function overText(found: OverDefault, of: 'user' | 'bucket', bytesPerGb: string | null): string {
  const [most = 0, fewest = most] = countsOf(found, bytesPerGb)
  const size = formatCount(found.size)
  const text = of === 'user' ? usersText : bucketsText
  return text({ size, total: found.total, fewest, most })
}

type Over = { size: string; total: number; fewest: number; most: number }

const usersText = ({ size, total, fewest, most }: Over): string => {
  if (most === 0)
    return plural(total, {
      one: `None of # user stores more than ${size} GB now.`,
      other: `None of # users stores more than ${size} GB now.`,
    })
  if (most === fewest)
    return plural(most, {
      one: `# of ${plural(total, { one: '# user', other: '# users' })} stores more than ${size} GB now.`,
      other: `# of ${plural(total, { one: '# user', other: '# users' })} store more than ${size} GB now.`,
    })
  const [from, to] = [formatCount(fewest), formatCount(most)]
  return plural(total, {
    one: `${from} to ${to} of # user store more than ${size} GB now: the gateway's GB may be 10^9 or 2^30 bytes.`,
    other: `${from} to ${to} of # users store more than ${size} GB now: the gateway's GB may be 10^9 or 2^30 bytes.`,
  })
}

const bucketsText = ({ size, total, fewest, most }: Over): string => {
  if (most === 0)
    return plural(total, {
      one: `None of # bucket holds more than ${size} GB now.`,
      other: `None of # buckets holds more than ${size} GB now.`,
    })
  if (most === fewest)
    return plural(most, {
      one: `# of ${plural(total, { one: '# bucket', other: '# buckets' })} holds more than ${size} GB now.`,
      other: `# of ${plural(total, { one: '# bucket', other: '# buckets' })} hold more than ${size} GB now.`,
    })
  const [from, to] = [formatCount(fewest), formatCount(most)]
  return plural(total, {
    one: `${from} to ${to} of # bucket hold more than ${size} GB now: the gateway's GB may be 10^9 or 2^30 bytes.`,
    other: `${from} to ${to} of # buckets hold more than ${size} GB now: the gateway's GB may be 10^9 or 2^30 bytes.`,
  })
}

/** What the count cannot say. */
export const caveatsOf = ({ unknown }: OverDefault, of: 'user' | 'bucket'): string =>
  (of === 'user' ? userCaveats : bucketCaveats)(unknown).filter(Boolean).join(' ')

const userCaveats = (unknown: number) => [
  unknown > 0 &&
    plural(unknown, { one: 'Of # user the size is not known.', other: 'Of # users the size is not known.' }),
  t`Users with a quota of their own are among them: one list does not tell them apart.`,
]

const bucketCaveats = (unknown: number) => [
  unknown > 0 &&
    plural(unknown, { one: 'Of # bucket the size is not known.', other: 'Of # buckets the size is not known.' }),
  t`Buckets with a quota of their own are among them: one list does not tell them apart.`,
]
