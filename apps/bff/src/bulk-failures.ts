import type { BulkAction } from '@ostor-console/shared/bulk'
import { ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Result } from './adapters/store/bulk-items.ts'
import { isAboutGateway } from './writing/about-gateway.ts'

/** What it means for an item that its change failed. */
export const resultOf = (error: unknown, action: BulkAction, endedAt: Date): Result => {
  if (!(error instanceof ProblemError)) return { state: 'failed', detail: said`Something failed on our side`, endedAt }
  const detail = error.message
  if (error.is('outcome-unknown', 'not-applied')) return { state: 'unknown', detail, endedAt: null }
  if (action === 'delete' && error.is('user-not-found'))
    return { state: 'already', detail: said`Is gone already`, endedAt }
  if (error.is('confirmation-wrong')) return { state: 'refused', detail: said`The e-mail is another one now`, endedAt }
  return { state: isAboutGateway(error) ? 'failed' : 'refused', detail, endedAt }
}
