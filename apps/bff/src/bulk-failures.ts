import type { BulkAction } from '@ostor-console/shared/bulk'
import { ProblemError } from '@ostor-console/shared/problem'
import type { Result } from './adapters/store/bulk-items.ts'

/** Nothing was sent, for a reason that lies with the gateway and not with the item. */
export const isAboutGateway = (error: unknown): error is ProblemError =>
  error instanceof ProblemError &&
  error.is(
    'gateway-unreachable',
    'gateway-tls',
    'gateway-bad-reply',
    'gateway-not-ostor',
    'gateway-key-wrong',
    'gateway-key-not-system',
    'gateway-clock',
  )

/** What it means for an item that its change failed. */
export const resultOf = (error: unknown, action: BulkAction, endedAt: Date): Result => {
  if (!(error instanceof ProblemError)) return { state: 'failed', detail: 'Something failed on our side', endedAt }
  const detail = error.message
  if (error.is('outcome-unknown', 'not-applied')) return { state: 'unknown', detail, endedAt: null }
  if (action === 'delete' && error.is('user-not-found')) return { state: 'already', detail: 'Is gone already', endedAt }
  if (error.is('confirmation-wrong')) return { state: 'refused', detail: 'The e-mail is another one now', endedAt }
  return { state: isAboutGateway(error) ? 'failed' : 'refused', detail, endedAt }
}
