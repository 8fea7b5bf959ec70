import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { AuditField } from '@ostor-console/shared/audit-fields'
import { roleNames } from '@ostor-console/shared/roles'
import { ROLE_WORDS } from '../../api/role-words.ts'
import { formatSecond } from '../../format/dates.ts'
import { ACTION_WORDS } from './audit-words.ts'

const FIELD_WORDS: Record<AuditField, MessageDescriptor> = {
  account: msg`account`,
  action: msg({ message: 'action', context: 'field of the audit' }),
  actor: msg({ message: 'admin', context: 'field of the audit' }),
  addresses: msg`network addresses`,
  app: msg`app that makes codes`,
  'bandwidth.out': msg`bandwidth out`,
  before: msg`queued before`,
  bills: msg`bills`,
  bucket: msg({ message: 'bucket', context: 'field of the audit' }),
  client: msg({ message: 'client', context: 'field of the audit' }),
  clientId: msg`id of the client`,
  coverage: msg`coverage`,
  currency: msg`currency`,
  decision: msg`decision`,
  deleted: msg({ message: 'deleted', context: 'field of the audit, a number of objects' }),
  domains: msg`domains`,
  dueAt: msg({ message: 'due', context: 'field of the audit, a time' }),
  egress: msg`traffic out`,
  email: msg`e-mail`,
  entries: msg({ message: 'entries', context: 'field of the audit, a number' }),
  expires: msg({ message: 'ends', context: 'field of the audit, a time' }),
  format: msg`format`,
  from: msg({ message: 'from', context: 'field of the audit, a time' }),
  get: msg({ message: 'GET', context: 'field of the audit, a price' }),
  hint: msg`begins with`,
  inPlaceOf: msg`in place of`,
  kept: msg({ message: 'kept', context: 'field of the audit, a number of objects' }),
  keyId: msg`key id`,
  keyIds: msg`key ids`,
  kind: msg({ message: 'kind', context: 'field of the audit' }),
  limit: msg`limited to groups`,
  list: msg({ message: 'LIST', context: 'field of the audit, a price' }),
  manifestSha256: msg`SHA-256 of the manifest`,
  messages: msg({ message: 'messages', context: 'field of the audit, a number' }),
  mode: msg({ message: 'mode', context: 'field of the audit' }),
  name: msg({ message: 'name', context: 'field of the audit' }),
  note: msg({ message: 'note', context: 'field of the audit' }),
  noteId: msg`id of the note`,
  'opsPerSecond.default': msg`operations per second`,
  'opsPerSecond.delete': msg`DELETE per second`,
  'opsPerSecond.get': msg`GET per second`,
  'opsPerSecond.list': msg`LIST per second`,
  'opsPerSecond.put': msg`PUT per second`,
  other: msg({ message: 'other operations', context: 'field of the audit, a price' }),
  outcome: msg({ message: 'outcome', context: 'field of the audit' }),
  passkey: msg({ message: 'passkey', context: 'field of the audit' }),
  passkeys: msg({ message: 'passkeys', context: 'field of the audit, a number' }),
  plan: msg`plan of prices`,
  put: msg({ message: 'PUT', context: 'field of the audit, a price' }),
  queued: msg({ message: 'queued', context: 'field of the audit, a number of messages' }),
  requestsPerSecond: msg`requests per second`,
  revokedTokens: msg`revoked tokens`,
  role: msg({ message: 'role', context: 'field of the audit' }),
  search: msg({ message: 'search', context: 'field of the audit' }),
  service: msg`service at WHMCS`,
  sha256: msg({ message: 'SHA-256', context: 'field of the audit' }),
  singleSignOn: msg`by the provider`,
  size: msg({ message: 'quota', context: 'field of the audit' }),
  startedAt: msg({ message: 'start', context: 'field of the audit, a time' }),
  state: msg({ message: 'state', context: 'field of the audit' }),
  storage: msg({ message: 'storage', context: 'field of the audit, a price' }),
  sums: msg`sums`,
  timeZone: msg`time zone`,
  to: msg({ message: 'to', context: 'field of the audit, a time' }),
  toldZero: msg`told zero for the service`,
  unit: msg({ message: 'unit', context: 'field of the audit' }),
  userId: msg`id of the user`,
  users: msg({ message: 'users', context: 'field of the audit' }),
  verbs: msg({ message: 'may', context: 'field of the audit, what a token may do' }),
  what: msg({ message: 'what', context: 'field of the audit, what is to be done' }),
  whmcsAdmin: msg`admin at WHMCS`,
}
const fields = new Map<string, MessageDescriptor>(Object.entries(FIELD_WORDS))

/** What the field is called; its name, in words, where an older console wrote it. */
export const fieldWords = (field: string): string => {
  const words = fields.get(field)
  return words ? t(words) : field.replace('.', ', ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

const UNLIMITED = msg`unlimited`

/** Values that are words of the API, by the field that they stand in. */
const VALUE_WORDS: Partial<Record<AuditField, Record<string, MessageDescriptor>>> = {
  addresses: { any: msg({ message: 'any', context: 'value in the audit: network addresses' }) },
  app: {
    on: msg({ message: 'on', context: 'value in the audit' }),
    off: msg({ message: 'off', context: 'value in the audit' }),
  },
  'bandwidth.out': { unlimited: UNLIMITED },
  limit: { none: msg({ message: 'none', context: 'value in the audit: groups' }) },
  'opsPerSecond.default': { unlimited: UNLIMITED },
  'opsPerSecond.delete': { unlimited: UNLIMITED },
  'opsPerSecond.get': { unlimited: UNLIMITED },
  'opsPerSecond.list': { unlimited: UNLIMITED },
  'opsPerSecond.put': { unlimited: UNLIMITED },
  plan: { none: msg({ message: 'none', context: 'value in the audit: a plan' }) },
  role: Object.fromEntries(roleNames.map((role) => [role, ROLE_WORDS[role].title])),
  service: { none: msg({ message: 'none', context: 'value in the audit: a service' }) },
  size: { unlimited: UNLIMITED },
  state: {
    enabled: msg({ message: 'enabled', context: 'value in the audit: the state of a user' }),
    disabled: msg({ message: 'disabled', context: 'value in the audit: the state of a user' }),
  },
  what: ACTION_WORDS,
}
const values = new Map(Object.entries(VALUE_WORDS))

const TIMES = new Set(['dueAt', 'expires', 'from', 'startedAt', 'to'])

/** The value where it is a word of the API or a time, as the page says it; `null` where it stands as it is. */
export const valueWords = (field: string, value: string): string | null => {
  if (TIMES.has(field) && !Number.isNaN(Date.parse(value))) return formatSecond(value)
  const words = values.get(field)
  const said = words && Object.hasOwn(words, value) ? words[value] : undefined
  return said ? t(said) : null
}
