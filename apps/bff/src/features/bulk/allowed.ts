import type { BulkChange } from '@ostor-console/shared/bulk'
import { problem } from '@ostor-console/shared/problem'
import type { Verb } from '@ostor-console/shared/roles'
import { said } from '@ostor-console/shared/said'

/** Many users are changed by whoever may change one. */
export const VERB_OF: Record<BulkChange['action'], Verb> = {
  enable: 'user.disable',
  disable: 'user.disable',
  'set-limits': 'limit.change',
  'set-quota': 'quota.change',
  delete: 'user.delete',
  create: 'user.create',
}

export const EMAILS_ONLY = {
  pointer: '/body/choice/by',
  code: 'emails_only',
  detail: said`Users who are to be created are chosen by their e-mails`,
}

export const refuseEmpty = (change: BulkChange): void => {
  if (change.action !== 'set-limits') return
  const { opsPerSecond = {}, bandwidth = {} } = change.limits
  if ([...Object.values(opsPerSecond), ...Object.values(bandwidth)].some((value) => value !== undefined)) return
  const detail = said`Name at least one limit that is to be changed`
  throw problem('request-invalid', { errors: [{ pointer: '/body/change/limits', code: 'nothing_to_change', detail }] })
}
