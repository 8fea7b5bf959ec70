import type { BulkChange } from '@ostor-console/shared/bulk'
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
