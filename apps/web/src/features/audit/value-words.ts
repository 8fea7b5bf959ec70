import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { AuditField } from '@ostor-console/shared/audit-fields'
import type { Coverage } from '@ostor-console/shared/coverage'
import type { GapDecision } from '@ostor-console/shared/gaps'
import type { Priced } from '@ostor-console/shared/plans'
import { roleNames } from '@ostor-console/shared/roles'
import type { StatisticsDecision } from '@ostor-console/shared/statistics'
import type { UserState } from '@ostor-console/shared/users'
import type { WhmcsState } from '@ostor-console/shared/whmcs'
import { KIND_WORDS } from '../../api/message-kinds.ts'
import { ROLE_WORDS, VERB_WORDS } from '../../api/role-words.ts'
import { formatSecond } from '../../format/dates.ts'
import { priceIn, priceText } from '../../format/prices.ts'
import { ACTION_WORDS, OUTCOME_WORDS } from './audit-words.ts'

type Words<Value extends string = string> = Record<Value, MessageDescriptor>

const NOT_KNOWN = msg`not known`

/** Of users, and of WHMCS when it was asked whether the credential holds. */
const STATES: Words<UserState | WhmcsState> = {
  enabled: msg({ message: 'enabled', context: 'value in the audit: the state of a user' }),
  disabled: msg({ message: 'disabled', context: 'value in the audit: the state of a user' }),
  unknown: NOT_KNOWN,
  off: msg`Off`,
  untried: msg`Not asked yet`,
  ok: msg`Connected`,
  unreachable: msg`No answer`,
  'bad-answer': msg`Odd answer`,
  'wrong-credentials': msg`Credential refused`,
  'address-refused': msg`Address refused`,
  'action-refused': msg`Action refused`,
}

const DECISIONS: Words<StatisticsDecision | GapDecision | 'reread' | 'withdraw'> = {
  accept: msg`nothing is missing`,
  gone: msg`the gateway is gone`,
  reopen: msg`open again`,
  assign: msg({ message: 'count from another start', context: 'value in the audit: an object' }),
  count: msg({ message: 'count as it is', context: 'value in the audit: an object' }),
  exclude: msg({ message: 'leave out', context: 'value in the audit: an object' }),
  reread: msg({ message: 'read again', context: 'value in the audit: an object' }),
  withdraw: msg({ message: 'decision taken back', context: 'value in the audit: an object' }),
}

const COVERAGES: Words<Coverage> = {
  complete: msg({ message: 'complete', context: 'figures' }),
  partial: msg({ message: 'at least', context: 'figures' }),
  unknown: NOT_KNOWN,
}

const LIMIT: Words = { unlimited: msg`unlimited` }

/** Values that are words of the API, by the field that they stand in. */
const VALUES: Partial<Record<AuditField, Words>> = {
  action: ACTION_WORDS,
  addresses: { any: msg({ message: 'any', context: 'value in the audit: network addresses' }) },
  app: {
    on: msg({ message: 'on', context: 'value in the audit' }),
    off: msg({ message: 'off', context: 'value in the audit' }),
  },
  'bandwidth.out': LIMIT,
  coverage: COVERAGES,
  decision: DECISIONS,
  keyIds: { none: msg({ message: 'none', context: 'value in the audit: keys' }) },
  kind: {
    ...KIND_WORDS,
    usage: msg({ message: 'usage', context: 'value in the audit: what WHMCS is told' }),
    invoice: msg({ message: 'drafts of invoices', context: 'value in the audit: what WHMCS is told' }),
  },
  limit: { none: msg({ message: 'no limit', context: 'value in the audit: groups' }) },
  'opsPerSecond.default': LIMIT,
  'opsPerSecond.delete': LIMIT,
  'opsPerSecond.get': LIMIT,
  'opsPerSecond.list': LIMIT,
  'opsPerSecond.put': LIMIT,
  outcome: Object.fromEntries(Object.entries(OUTCOME_WORDS).map(([outcome, { word }]) => [outcome, word])),
  plan: { none: msg({ message: 'none', context: 'value in the audit: a plan' }) },
  role: Object.fromEntries(roleNames.map((role) => [role, ROLE_WORDS[role].title])),
  service: { none: msg({ message: 'none', context: 'value in the audit: a service' }) },
  size: LIMIT,
  state: STATES,
  user: {
    there: msg({ message: 'there', context: 'value in the audit: a user' }),
    deleted: msg({ message: 'deleted', context: 'value in the audit: a user' }),
  },
  what: ACTION_WORDS,
}
const values = new Map(Object.entries(VALUES))

const verbs = new Map<string, MessageDescriptor>(Object.entries(VERB_WORDS))

const verbsText = (names: string): string =>
  names
    .split(', ')
    .map((name) => {
      const words = verbs.get(name)
      return words ? t(words) : name
    })
    .join(' · ')

const PRICES = new Set<string>(['storage', 'egress', 'put', 'get', 'list', 'other'] satisfies Priced[])
const TIMES = new Set(['dueAt', 'expires', 'from', 'startedAt', 'to'])

/** The value where it is a word of the API or a time, as the page says it; `null` where it stands as it is. */
export const valueWords = (field: string, value: string): string | null => {
  if (TIMES.has(field) && !Number.isNaN(Date.parse(value))) return formatSecond(value)
  if (field === 'verbs') return verbsText(value)
  const price = PRICES.has(field) ? priceIn(value) : null
  if (price) return priceText(price)
  const words = values.get(field)
  const said = words && Object.hasOwn(words, value) ? words[value] : undefined
  return said ? t(said) : null
}
