import { said } from '@ostor-console/shared/said'
import type { UsageRow } from '../../adapters/store/statistics-changes.ts'

const FIRST_YEAR = Date.UTC(2010, 0, 1)
const HOUR_MS = 3_600_000
const LONGEST_SECONDS = 31 * 86_400
const LARGEST = 2n ** 63n - 1n
const COUNTERS = [
  'epoch',
  'putOps',
  'getOps',
  'listOps',
  'otherOps',
  'uploadedBytes',
  'downloadedBytes',
] as const satisfies (keyof UsageRow)[]

type Span = { startedAt: Date; seconds: number }

/** Why a span cannot be true, in one sentence; `null` when it can. */
export const faultOfSpan = ({ startedAt, seconds }: Span, gatewayNow: Date): string | null => {
  if (startedAt.getTime() < FIRST_YEAR)
    return said`It is dated ${dayOf(startedAt)}; the clock of the gateway's node was not set, or the date does not exist.`
  if (startedAt.getTime() > gatewayNow.getTime() + HOUR_MS)
    return said`It is dated ${dayOf(startedAt)}, which lies in the future.`
  if (seconds < 0 || seconds > LONGEST_SECONDS) return said`It says that it covers ${seconds} seconds.`
  return null
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/** Why the counters cannot be true; they must fit what the store counts in, since they are never rounded. */
export const faultOfCounters = (rows: readonly UsageRow[]): string | null => {
  for (const row of rows) {
    for (const name of COUNTERS) {
      const value = row[name]
      if (value < 0n) return said`The counter ${name} of the bucket "${row.bucket}" is negative: ${value}.`
      if (value > LARGEST) return said`The counter ${name} of the bucket "${row.bucket}" is too large: ${value}.`
    }
  }
  return null
}
