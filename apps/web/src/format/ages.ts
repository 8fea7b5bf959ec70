import { t } from '@lingui/core/macro'
import { inEach } from './locale.ts'

const relative = inEach((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))

const STEPS = [
  { unit: 'year', seconds: 365 * 86_400 },
  { unit: 'month', seconds: 30 * 86_400 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

/** `3 minutes ago`; within a minute `just now`; what lies ahead, rounded, `in 2 hours`. */
export function formatAge(at: string | number | Date, now: Date = new Date()): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000
  const step = STEPS.find((candidate) => Math.abs(seconds) >= candidate.seconds)
  if (!step) return t`just now`
  const count = seconds / step.seconds
  return relative().format(count > 0 ? Math.round(count) : Math.trunc(count), step.unit)
}
