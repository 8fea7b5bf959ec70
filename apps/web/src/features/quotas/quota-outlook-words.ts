import { plural, t } from '@lingui/core/macro'
import type { StorageGrowth } from '@ostor-console/shared/storage'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { inEach } from '../../format/locale.ts'
import { capacitiesOf } from '../../format/quotas.ts'

const HOUR_MS = 3_600_000
const DAYS_SHOWN = 3_650

export type Outlook = { text: string; warns: boolean }

const number = inEach((locale) => new Intl.NumberFormat(locale))

/** When a quota of so many GB would be full; `warns` when it is, or may be, already. */
export function outlookOf(growth: StorageGrowth, size: number, perGb: string | null): Outlook {
  if (growth.storedBytes === null)
    return { text: t`How full it would be cannot be told: the present size is not known.`, warns: false }
  const stored = BigInt(growth.storedBytes)
  const capacities = capacitiesOf(size, perGb)
  const full = capacities.filter((capacity) => stored >= capacity).length
  if (full === capacities.length) return { text: fullText(number().format(size)), warns: true }
  if (full > 0)
    return { text: t`Full already if the gateway's GB is 10^9 bytes, and not yet if it is 2^30.`, warns: true }
  const rests = capacities.map((capacity) => capacity - stored)
  return { text: growth.growth === null ? unknownText(growth) : aheadText(growth.growth, rests), warns: false }
}

const fullText = (size: string): string => t`${size} GB are full already.`

const unknownText = ({ daysNeeded }: StorageGrowth): string =>
  plural(daysNeeded, {
    one: 'When it would be full cannot be told: it takes sizes that lie at least # day apart.',
    other: 'When it would be full cannot be told: it takes sizes that lie at least # days apart.',
  })

type Growth = NonNullable<StorageGrowth['growth']>

/** `rests` is what is still free, for each size that a GB may have. */
const aheadText = (growth: Growth, rests: readonly bigint[]): string => {
  const grown = BigInt(growth.bytes)
  if (grown <= 0n)
    return plural(daysOf(growth), {
      one: 'It would not fill up: it did not grow in # day.',
      other: 'It would not fill up: it did not grow in # days.',
    })
  const hours = BigInt(Math.round((Date.parse(growth.to) - Date.parse(growth.from)) / HOUR_MS))
  return fullInText(rests.map((rest) => Math.round(Number((rest * hours) / grown) / 24)))
}

const fullInText = ([first = 0, last = first]: readonly number[]): string => {
  if (first > DAYS_SHOWN) return t`Full in more than ten years at this growth.`
  if (first === last && first === 0) return t`Full in less than a day at this growth.`
  if (first === last)
    return plural(first, {
      one: 'Full in about # day at this growth.',
      other: 'Full in about # days at this growth.',
    })
  const from = formatCount(first)
  return last > DAYS_SHOWN
    ? t`Full in about ${from} to more than ten years (the gateway's GB may be 10^9 or 2^30 bytes) at this growth.`
    : plural(last, {
        one: `Full in about ${from} to # day (the gateway's GB may be 10^9 or 2^30 bytes) at this growth.`,
        other: `Full in about ${from} to # days (the gateway's GB may be 10^9 or 2^30 bytes) at this growth.`,
      })
}

/** `grew by 1.2 GiB in 30 days`, after a semicolon. */
export function growthText({ growth, daysNeeded }: StorageGrowth): string {
  if (growth === null)
    return plural(daysNeeded, {
      one: 'growth not known yet: it takes sizes that lie at least # day apart',
      other: 'growth not known yet: it takes sizes that lie at least # days apart',
    })
  const days = daysOf(growth)
  const grown = BigInt(growth.bytes)
  const size = formatBytes(grown < 0n ? -grown : grown)
  if (grown === 0n) return plural(days, { one: 'as much as # day before', other: 'as much as # days before' })
  return grown > 0n
    ? plural(days, { one: `grew by ${size} in # day`, other: `grew by ${size} in # days` })
    : plural(days, { one: `shrank by ${size} in # day`, other: `shrank by ${size} in # days` })
}

const daysOf = ({ from, to }: Growth): number => Math.round((Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS))
