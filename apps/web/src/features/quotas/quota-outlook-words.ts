import type { StorageGrowth } from '@ostor-console/shared/storage'
import { formatBytes } from '../../format/bytes.ts'
import { plural } from '../../format/counts.ts'

/** What one of the gateway's GB may be: by its documents 10^9 or 2^30 bytes, as long as it gave nothing away. */
const BYTES_OF_GB = [1_000_000_000n, 2n ** 30n]
const MILLION = 1_000_000

/** The bytes that a quota in GB may mean, the smallest first. A gateway that counts in bytes may hold a part of a GB. */
const capacitiesOf = (size: number, bytesPerGb: string | null): bigint[] =>
  (bytesPerGb === null ? BYTES_OF_GB : [BigInt(bytesPerGb)]).map(
    (unit) => (BigInt(Math.round(size * MILLION)) * unit) / BigInt(MILLION),
  )

const HOUR_MS = 3_600_000
const DAYS_SHOWN = 3_650

export type Outlook = { text: string; warns: boolean }

/** When a quota of so many GB would be full; `warns` when it is, or may be, already. */
export function outlookOf(
  { storedBytes, growth, daysNeeded }: StorageGrowth,
  size: number,
  perGb: string | null,
): Outlook {
  if (storedBytes === null)
    return { text: 'How full it would be cannot be told: the present size is not known.', warns: false }
  const stored = BigInt(storedBytes)
  const capacities = capacitiesOf(size, perGb)
  const full = capacities.filter((capacity) => stored >= capacity).length
  if (full === capacities.length) return { text: `${size.toLocaleString('en')} GB are full already.`, warns: true }
  if (full > 0)
    return { text: "Full already if the gateway's GB is 10^9 bytes, and not yet if it is 2^30.", warns: true }

  if (growth === null)
    return {
      text: `When it would be full cannot be told: it takes sizes that lie at least ${daysNeeded} days apart.`,
      warns: false,
    }
  const grown = BigInt(growth.bytes)
  if (grown <= 0n) return { text: `It would not fill up: it did not grow in ${spanOf(growth)}.`, warns: false }
  const hours = BigInt(Math.round((Date.parse(growth.to) - Date.parse(growth.from)) / HOUR_MS))
  const inDays = capacities.map((capacity) => Number(((capacity - stored) * hours) / grown) / 24)
  return { text: `Full in ${daysText(inDays)} at this growth.`, warns: false }
}

const daysText = (inDays: readonly number[]): string => {
  const [first = 0, last = first] = inDays.map(Math.round)
  if (first > DAYS_SHOWN) return 'more than ten years'
  if (first === last) return first === 0 ? 'less than a day' : `about ${plural(first, 'day')}`
  const until = last > DAYS_SHOWN ? 'more than ten years' : plural(last, 'day')
  return `about ${first.toLocaleString('en')} to ${until} (the gateway's GB may be 10^9 or 2^30 bytes)`
}

/** `grew by 1.2 GiB in 30 days`; `null` when nothing can be said. */
export function growthText({ growth, daysNeeded }: StorageGrowth): string {
  if (growth === null) return `growth not known yet: it takes sizes that lie at least ${daysNeeded} days apart`
  const span = spanOf(growth)
  const grown = BigInt(growth.bytes)
  if (grown === 0n) return `as much as ${span} before`
  return grown > 0n ? `grew by ${formatBytes(grown)} in ${span}` : `shrank by ${formatBytes(-grown)} in ${span}`
}

const spanOf = ({ from, to }: { from: string; to: string }): string =>
  plural(Math.round((Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS)), 'day')
