import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { ACTIONS, type Action, type AuditEntry, actionsOf, groupOf, type Outcome } from '@ostor-console/shared/audit'

export const ACTION_WORDS: Record<Action, MessageDescriptor> = {
  'user.create': msg`Create user`,
  'user.enable': msg`Enable user`,
  'user.disable': msg`Disable user`,
  'user.delete': msg`Delete user`,
  'user.created-outside': msg`User created elsewhere`,
  'user.deleted-outside': msg`User deleted elsewhere`,
  'user.changed-outside': msg`User changed elsewhere`,
  'key.create': msg`Generate key`,
  'key.revoke': msg`Revoke key`,
  'account.create': msg`Create account`,
  'account.delete': msg`Delete account`,
  'account-key.create': msg`Generate key of an account`,
  'account-key.revoke': msg`Revoke key of an account`,
  'limits.change': msg`Change limits`,
  'limits.remove': msg`Remove limits`,
  'quota.change': msg`Change quota`,
  'quota.default': msg`Change default quota`,
  'scheduled.add': msg({ message: 'Schedule', context: 'what was done: a change was given a date' }),
  'scheduled.move': msg`Change the date of a scheduled change`,
  'scheduled.stop': msg`Stop a scheduled change`,
  'scheduled.run': msg`Carry out a scheduled change`,
  'bulk.run': msg`Change many users`,
  'statistics.delete': msg`Delete statistics object`,
  'statistics.decide': msg`Decide about a statistics object`,
  'gap.decide': msg`Decide about a gap`,
  'retention.delete': msg`Delete final statistics objects`,
  'audit.export': msg`Export the audit`,
  'session.sign-in': msg`Sign in`,
  'session.password': msg`Give the right password`,
  'session.refused': msg`Sign-in refused`,
  'session.sign-out': msg`Sign out`,
  'session.emergency': msg`Sign in without the provider`,
  'session.prove': msg`Prove who it is`,
  'session.end': msg`End sessions`,
  'access.refused': msg`Refused by role or limit`,
  'admin.create': msg`Create admin`,
  'admin.invite': msg`Invite`,
  'admin.join': msg`Choose a password`,
  'admin.role': msg`Change role`,
  'admin.limit': msg`Limit to groups of users`,
  'admin.disable': msg`Disable sign-in`,
  'admin.enable': msg`Enable sign-in`,
  'admin.reset': msg`Reset password`,
  'admin.password': msg`Change password`,
  'group.create': msg`Make a group of users`,
  'group.change': msg`Change a group of users`,
  'group.add': msg`Add to a group of users`,
  'group.remove': msg`Take out of a group of users`,
  'group.delete': msg`Delete a group of users`,
  'second-factor.enrol': msg`Turn two-step sign-in on`,
  'second-factor.remove': msg`Turn two-step sign-in off`,
  'second-factor.recovery-codes': msg`Make recovery codes`,
  'second-factor.recovery-used': msg`Use a recovery code`,
  'second-factor.refused': msg`Code refused`,
  'token.create': msg`Make API token`,
  'token.revoke': msg`Revoke API token`,
  'token.refused': msg`API token refused`,
  'passkey.add': msg`Add a passkey`,
  'passkey.remove': msg`Remove a passkey`,
  'passkey.refused': msg`Passkey refused`,
  'client.link': msg`Link a user to a client of WHMCS`,
  'client.unlink': msg`Take the link to a client of WHMCS away`,
  'billing.plan': msg`Change a plan of prices`,
  'billing.give': msg`Say who has a plan of prices`,
  'billing.time-zone': msg`Say in which time zone months begin`,
  'billing.service': msg`Say which service at WHMCS usage belongs to`,
  'billing.close': msg`Close a month`,
  'billing.push': msg`Tell WHMCS of a month`,
  'whmcs.mode': msg`Change how WHMCS is told`,
  'whmcs.test': msg`Ask WHMCS whether the credential holds`,
  'whmcs.resume': msg`Try what WHMCS refused again`,
  'whmcs.retry': msg`Try a message to WHMCS again`,
  'whmcs.cancel': msg`Cancel a message to WHMCS`,
  'whmcs.settle': msg`Say whether a message to WHMCS arrived`,
  'whmcs.redact': msg`Strike a secret out of a note at WHMCS`,
}

type Group = Action extends infer A ? (A extends `${infer Noun}.${string}` ? `${Noun}.*` : never) : never

const GROUP_WORDS: Record<Group, MessageDescriptor> = {
  'user.*': msg`Users`,
  'key.*': msg`Keys`,
  'account.*': msg`Accounts`,
  'account-key.*': msg`Keys of accounts`,
  'scheduled.*': msg`Scheduled changes`,
  'bulk.*': msg`Bulk changes`,
  'limits.*': msg`Limits`,
  'quota.*': msg`Quotas`,
  'statistics.*': msg`Statistics objects`,
  'gap.*': msg`Gaps`,
  'retention.*': msg`Retention`,
  'audit.*': msg`The audit itself`,
  'session.*': msg`Sign-ins`,
  'access.*': msg`Refusals`,
  'admin.*': msg`People`,
  'group.*': msg`Groups of users`,
  'second-factor.*': msg`Two-step sign-in`,
  'token.*': msg`API tokens`,
  'passkey.*': msg`Passkeys`,
  'billing.*': msg`Billing`,
  'client.*': msg`Clients`,
  'whmcs.*': msg`WHMCS`,
}
const groups = new Map<string, MessageDescriptor>(Object.entries(GROUP_WORDS))

type Choice = { value: string; label: string }

/** Actions to choose from under the name of their group, which can be chosen as a whole. */
export const actionChoices = () =>
  [...new Set(ACTIONS.map(groupOf))].map((group) => {
    const words = groups.get(group)
    const name = words ? t(words) : group
    const actions = actionsOf(group)
    const items = actions.map((action): Choice => ({ value: action, label: t(ACTION_WORDS[action]) }))
    const whole = { value: group, label: t`${name}: all` }
    return { group: name, items: actions.length > 1 ? [whole, ...items] : items }
  })

type OutcomeWords = { word: MessageDescriptor; tone: 'good' | 'warn' | 'bad'; meaning: MessageDescriptor }

/** Not knowing is a word of its own: it is neither done nor failed. */
export const OUTCOME_WORDS: Record<Outcome, OutcomeWords> = {
  done: { word: msg`done`, tone: 'good', meaning: msg`The gateway did it, and it was read back` },
  refused: { word: msg`refused`, tone: 'bad', meaning: msg`Nothing was changed` },
  'not-done': {
    word: msg`not done`,
    tone: 'bad',
    meaning: msg`The answer was lost; the gateway shows that nothing happened`,
  },
  unknown: {
    word: msg`not known`,
    tone: 'warn',
    meaning: msg`The answer was lost: the console reads the gateway until it shows how it ended`,
  },
  started: {
    word: msg`no outcome yet`,
    tone: 'warn',
    meaning: msg`Still running, or the console ended in the middle of it and finds out how it ended`,
  },
}

export type Change = {
  field: string
  before: string | null
  after: string | null
  /** Whether it was told before and after. What was made has no "before", nor has a new key among the keys that were there. */
  isCompared: boolean
}

/** The fields that differ. What is gone altogether stands against nothing; a reading that leaves a field out does not say that it is gone. */
export function changesOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>): Change[] {
  const fields = Object.keys(after ?? before ?? {})
  const isCompared = before !== null && fields.some((field) => Object.hasOwn(before, field))
  return fields
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null, isCompared }))
    .filter((change) => change.before !== change.after)
}
