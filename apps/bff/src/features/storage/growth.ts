import type { StorageGrowth } from '@ostor-console/shared/storage'
import type { StorageHistory } from '../../adapters/store/storage.ts'
import { isSameGeneration, knownAt, sourceOf } from './series.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DAYS = 30
/** From less than a week, weekdays would be taken for growth. */
const DAYS_NEEDED = 7

/** The full hours of the last 30 days. */
export const growthRange = (now: Date): { from: Date; to: Date; now: Date } => ({
  from: new Date(Math.ceil((now.getTime() - DAYS * DAY_MS) / HOUR_MS) * HOUR_MS),
  to: now,
  now,
})

/** From the first to the last hour at which the whole size is known, in one life of a bucket. */
export const growthOf = (
  history: StorageHistory,
  range: { from: Date; to: Date; now: Date },
  isBucket: boolean,
): StorageGrowth => {
  const known = knownAt(history, isBucket)
  const told = known.filter(({ lacks }) => !lacks)
  const last = told.at(-1)
  const first = last && told.find((one) => isSameGeneration(one, last))
  return {
    storedBytes: last && last.at === history.lastRunAt?.getTime() ? String(last.bytes) : null,
    days: DAYS,
    growth: first && last.at - first.at >= DAYS_NEEDED * DAY_MS ? between(first, last) : null,
    daysNeeded: DAYS_NEEDED,
    source: sourceOf(history, range, known),
  }
}

type Size = { at: number; bytes: bigint }

const between = (first: Size, last: Size) => ({
  from: new Date(first.at).toISOString(),
  to: new Date(last.at).toISOString(),
  bytes: String(last.bytes - first.bytes),
})
