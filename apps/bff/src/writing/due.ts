import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { LONGEST_DELAY_DAYS } from '@ostor-console/shared/scheduled'

/** The date until which something is put off. Throws `request-invalid` when it is past, or more than a year away. */
export const dueOf = (dueAt: string, now: Date): Date => {
  const due = new Date(dueAt)
  const detail =
    due <= now
      ? said`must lie in the future`
      : due.getTime() - now.getTime() > LONGEST_DELAY_DAYS * 86_400_000
        ? said`must be within ${LONGEST_DELAY_DAYS} days`
        : null
  if (detail !== null)
    throw problem('request-invalid', { errors: [{ pointer: '/body/dueAt', detail, code: 'due_not_possible' }] })
  return due
}
