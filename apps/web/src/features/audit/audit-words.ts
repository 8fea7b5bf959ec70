import { ACTIONS, type Action, type AuditEntry, actionsOf, groupOf, type Outcome } from '@ostor-console/shared/audit'

export const ACTION_WORDS: Record<Action, string> = {
  'user.create': 'Create user',
  'user.enable': 'Enable user',
  'user.disable': 'Disable user',
  'user.delete': 'Delete user',
  'user.created-outside': 'User created elsewhere',
  'user.deleted-outside': 'User deleted elsewhere',
  'user.changed-outside': 'User changed elsewhere',
  'key.create': 'Generate key',
  'key.revoke': 'Revoke key',
  'account.create': 'Create account',
  'account.delete': 'Delete account',
  'account-key.create': 'Generate key of an account',
  'account-key.revoke': 'Revoke key of an account',
  'limits.change': 'Change limits',
  'limits.remove': 'Remove limits',
  'quota.change': 'Change quota',
  'quota.default': 'Change default quota',
  'scheduled.add': 'Schedule',
  'scheduled.move': 'Change the date of a scheduled change',
  'scheduled.stop': 'Stop a scheduled change',
  'scheduled.run': 'Carry out a scheduled change',
  'bulk.run': 'Change many users',
  'statistics.delete': 'Delete statistics object',
  'statistics.decide': 'Decide about a statistics object',
  'gap.decide': 'Decide about a gap',
  'retention.delete': 'Delete final statistics objects',
  'audit.export': 'Export the audit',
  'session.sign-in': 'Sign in',
  'session.password': 'Give the right password',
  'session.refused': 'Sign-in refused',
  'session.sign-out': 'Sign out',
  'session.emergency': 'Sign in without the provider',
  'session.prove': 'Prove who it is',
  'session.end': 'End sessions',
  'access.refused': 'Refused by role or limit',
  'admin.create': 'Create admin',
  'admin.invite': 'Invite',
  'admin.join': 'Choose a password',
  'admin.role': 'Change role',
  'admin.limit': 'Limit to groups of users',
  'admin.disable': 'Disable sign-in',
  'admin.enable': 'Enable sign-in',
  'admin.reset': 'Reset password',
  'admin.password': 'Change password',
  'group.create': 'Make a group of users',
  'group.change': 'Change a group of users',
  'group.add': 'Add to a group of users',
  'group.remove': 'Take out of a group of users',
  'group.delete': 'Delete a group of users',
  'second-factor.enrol': 'Turn two-step sign-in on',
  'second-factor.remove': 'Turn two-step sign-in off',
  'second-factor.recovery-codes': 'Make recovery codes',
  'second-factor.recovery-used': 'Use a recovery code',
  'second-factor.refused': 'Code refused',
  'token.create': 'Make API token',
  'token.revoke': 'Revoke API token',
  'token.refused': 'API token refused',
  'passkey.add': 'Add a passkey',
  'passkey.remove': 'Remove a passkey',
  'passkey.refused': 'Passkey refused',
  'client.link': 'Link a user to a client of WHMCS',
  'client.unlink': 'Take the link to a client of WHMCS away',
  'billing.plan': 'Change a plan of prices',
  'billing.give': 'Say who has a plan of prices',
  'billing.time-zone': 'Say in which time zone months begin',
  'billing.service': 'Say which service at WHMCS usage belongs to',
  'billing.close': 'Close a month',
  'billing.push': 'Tell WHMCS of a month',
  'whmcs.mode': 'Change how WHMCS is told',
  'whmcs.test': 'Ask WHMCS whether the credential holds',
  'whmcs.resume': 'Try what WHMCS refused again',
  'whmcs.retry': 'Try a message to WHMCS again',
  'whmcs.cancel': 'Cancel a message to WHMCS',
  'whmcs.settle': 'Say whether a message to WHMCS arrived',
  'whmcs.redact': 'Strike a secret out of a note at WHMCS',
}

const GROUP_WORDS: Record<string, string> = {
  'user.*': 'Users',
  'key.*': 'Keys',
  'account.*': 'Accounts',
  'account-key.*': 'Keys of accounts',
  'scheduled.*': 'Scheduled changes',
  'bulk.*': 'Bulk changes',
  'limits.*': 'Limits',
  'quota.*': 'Quotas',
  'statistics.*': 'Statistics objects',
  'gap.*': 'Gaps',
  'retention.*': 'Retention',
  'audit.*': 'The audit itself',
  'session.*': 'Sign-ins',
  'access.*': 'Refusals',
  'admin.*': 'People',
  'group.*': 'Groups of users',
  'second-factor.*': 'Two-step sign-in',
  'token.*': 'API tokens',
  'passkey.*': 'Passkeys',
}

type Choice = { value: string; label: string }

/** Actions to choose from under the name of their group, which can be chosen as a whole. */
export const actionChoices = () =>
  [...new Set(ACTIONS.map(groupOf))].map((group) => {
    const name = GROUP_WORDS[group] ?? group
    const actions = actionsOf(group)
    const items = actions.map((action): Choice => ({ value: action, label: ACTION_WORDS[action] }))
    const whole = { value: group, label: `${name}: all` }
    return { group: name, items: actions.length > 1 ? [whole, ...items] : items }
  })

/** Not knowing is a word of its own: it is neither done nor failed. */
export const OUTCOME_WORDS: Record<Outcome, { word: string; tone: 'good' | 'warn' | 'bad'; meaning: string }> = {
  done: { word: 'done', tone: 'good', meaning: 'The gateway did it, and it was read back' },
  refused: { word: 'refused', tone: 'bad', meaning: 'Nothing was changed' },
  'not-done': {
    word: 'not done',
    tone: 'bad',
    meaning: 'The answer was lost; the gateway shows that nothing happened',
  },
  unknown: {
    word: 'not known',
    tone: 'warn',
    meaning: 'The answer was lost: the console reads the gateway until it shows how it ended',
  },
  started: {
    word: 'no outcome yet',
    tone: 'warn',
    meaning: 'Still running, or the console ended in the middle of it and finds out how it ended',
  },
}

export type Change = { field: string; before: string | null; after: string | null }

/** The fields that differ. What is gone altogether stands against nothing; a reading that leaves a field out does not say that it is gone. */
export function changesOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>): Change[] {
  const fields = Object.keys(after ?? before ?? {})
  return fields
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((change) => change.before !== change.after)
}

/** `keyIds` → `key ids`, `opsPerSecond.get` → `ops per second, get`. */
export const wordsOf = (field: string): string =>
  field.replace('.', ', ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
