import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { may, type Role, roleNames, type Verb } from '@ostor-console/shared/roles'
import { dateLocale, inEach } from '../format/locale.ts'

/** What the roles of `shared` are called on the page, and what each is for. */
export const ROLE_WORDS: Record<Role, { title: MessageDescriptor; about: MessageDescriptor }> = {
  admin: { title: msg`Admin`, about: msg`May do everything, also say who else may.` },
  operator: {
    title: msg`Operator`,
    about: msg`Works with users, keys, limits and quotas; deletes no user and no history.`,
  },
  billing: { title: msg`Billing`, about: msg`Sees users by name, and their usage; sets prices and closes months.` },
  viewer: { title: msg`Viewer`, about: msg`Sees everything but the audit, and changes nothing.` },
  auditor: {
    title: msg`Auditor`,
    about: msg`Sees everything, the audit too, also as files, and changes nothing.`,
  },
}

/** What each verb of `shared` lets somebody do. */
export const VERB_WORDS: Record<Verb, MessageDescriptor> = {
  'cluster.see': msg`See the clusters and how well they answer`,
  'user.list': msg`See users by name, and whether they are enabled`,
  'user.see': msg`See keys, accounts, limits and quotas of users`,
  'user.create': msg`Create users`,
  'user.disable': msg`Enable and disable users`,
  'user.delete': msg`Delete users`,
  'key.create': msg`Generate and rotate keys`,
  'key.revoke': msg`Revoke keys`,
  'account.change': msg`Create and remove accounts`,
  'limit.change': msg`Change limits`,
  'quota.change': msg`Change quotas and their defaults`,
  'bucket.see': msg`See buckets`,
  'usage.see': msg`See usage and storage over time`,
  'statistics.see': msg`See statistics objects and gaps`,
  'statistics.decide': msg`Decide about quarantined objects and gaps, and delete objects`,
  'operation.see': msg`See what runs, waits and failed`,
  'operation.undo': msg`Undo changes, and ask again for those that failed`,
  'scheduled.change': msg`Move and stop what is scheduled`,
  'bulk.see': msg`See bulk changes and their results`,
  'bulk.run': msg`Plan and run bulk changes`,
  'audit.see': msg`Read the audit`,
  'audit.export': msg`Download the audit`,
  'access.manage': msg`Invite people, change their roles, end their sessions`,
  'client.see': msg`See clients of WHMCS, and what it was told`,
  'client.link': msg`Say which user belongs to which client`,
  'whmcs.manage': msg`Decide about messages to WHMCS and about old secrets there`,
  'billing.see': msg`See prices, months and their files`,
  'billing.manage': msg`Set prices, close months and send them to WHMCS`,
  'group.manage': msg`Say which users make a group, and who is limited to it`,
}

// The English of Britain sets no comma before the last.
const or = inEach(() => new Intl.ListFormat(dateLocale(), { type: 'disjunction' }))

/** The roles that may, as a person would list them: "Admin or Operator". */
export const whoMayWords = (verb: Verb): string =>
  or().format(roleNames.filter((role) => may(role, verb)).map((role) => t(ROLE_WORDS[role].title)))
