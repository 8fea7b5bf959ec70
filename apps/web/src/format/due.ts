import { msg, t } from '@lingui/core/macro'
import { typedInstant } from './days.ts'

const HOUR_MS = 3_600_000
const LONGEST_DAYS = 365

export const DELAYS = [
  { value: 'now', label: msg`At once`, ms: 0 },
  { value: 'hour', label: msg`In 1 hour`, ms: HOUR_MS },
  { value: 'day', label: msg`In 24 hours`, ms: 24 * HOUR_MS },
  { value: 'week', label: msg`In 7 days`, ms: 7 * 24 * HOUR_MS },
  { value: 'month', label: msg`In 30 days`, ms: 30 * 24 * HOUR_MS },
] as const

/** `date`: at the time that is typed, in the zone in which the page shows times. */
export type Due = { delay: (typeof DELAYS)[number]['value'] } | { delay: 'date'; text: string }

/** The instant, `null` for at once, or why there is none. */
export function instantOf(due: Due, now: Date): { at: string | null } | { error: string } {
  if (due.delay === 'now') return { at: null }
  const chosen = DELAYS.find(({ value }) => value === due.delay)
  const at = chosen ? now.getTime() + chosen.ms : 'text' in due ? typedInstant(due.text)?.getTime() : undefined
  if (at === undefined) return { error: t`Enter a date and a time` }
  if (at <= now.getTime()) return { error: t`Must lie in the future` }
  if (at > now.getTime() + LONGEST_DAYS * 24 * HOUR_MS) return { error: t`Must be within ${LONGEST_DAYS} days` }
  return { at: new Date(at).toISOString() }
}
