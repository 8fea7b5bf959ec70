// What can be done, and who may do it. The server's checks, the page's buttons, the documentation and the tests all read
// this one file, so it needs nothing else.

/** Every verb, and what it lets somebody do. A route declares one of them. */
export const VERBS = {
  'cluster.see': 'See the clusters and how well they answer',
  'user.list': 'See users by name, and whether they are enabled',
  'user.see': 'See keys, accounts, limits and quotas of users',
  'user.create': 'Create users',
  'user.disable': 'Enable and disable users',
  'user.delete': 'Delete users',
  'key.create': 'Generate and rotate keys',
  'key.revoke': 'Revoke keys',
  'account.change': 'Create and remove accounts',
  'limit.change': 'Change limits',
  'quota.change': 'Change quotas and their defaults',
  'bucket.see': 'See buckets',
  'usage.see': 'See usage and storage over time',
  'statistics.see': 'See statistics objects and gaps',
  'statistics.decide': 'Decide about quarantined objects and gaps, and delete objects',
  'operation.see': 'See what runs, waits and failed',
  'operation.undo': 'Undo changes, and ask again for those that failed',
  'scheduled.change': 'Move and stop what is scheduled',
  'bulk.see': 'See bulk changes and their results',
  'bulk.run': 'Plan and run bulk changes',
  'audit.see': 'Read the audit',
  'audit.export': 'Download the audit',
  'access.manage': 'Invite people, change their roles, end their sessions',
  'client.see': 'See clients of WHMCS, and what it was told',
  'client.link': 'Say which user belongs to which client',
  'whmcs.manage': 'Decide about messages to WHMCS and about old secrets there',
  'billing.see': 'See prices, months and their files',
  'billing.manage': 'Set prices, close months and send them to WHMCS',
  'group.manage': 'Say which users make a group, and who is limited to it',
} as const

export type Verb = keyof typeof VERBS

/** Whose data a route is about, and so what it is to somebody who is limited to groups of users. A route declares one. */
export const SCOPES = {
  none: 'Names no user',
  user: 'One user, as the address says',
  bucket: 'One bucket, as the address says: that of its owner',
  operation: 'One operation: that of the user or bucket it was about',
  scheduled: 'One change that waits: that of its user',
  'bulk-run': 'A change of many users: that of all of them',
  subject: 'The user and bucket that are asked for; without any, all users',
  'new-user': 'An e-mail that nobody has yet, and that a group takes by its rule',
  filtered: 'A list, of which only what belongs to users of the groups is answered',
  fleet: 'All users, or the console itself',
} as const

export type RouteScope = keyof typeof SCOPES

const isVerb = (name: string): name is Verb => Object.hasOwn(VERBS, name)

export const roleNames = ['admin', 'operator', 'billing', 'viewer', 'auditor'] as const
export type Role = (typeof roleNames)[number]

const SEE = [
  'client.see',
  'cluster.see',
  'user.list',
  'user.see',
  'bucket.see',
  'usage.see',
  'statistics.see',
  'operation.see',
] as const
const WORK = [
  'client.link',
  'user.create',
  'user.disable',
  'key.create',
  'key.revoke',
  'account.change',
  'limit.change',
  'quota.change',
  'operation.undo',
  'scheduled.change',
  'bulk.run',
] as const

/** What each role may do; what is not listed is refused. */
export const ROLES = {
  admin: {
    title: 'Admin',
    about: 'May do everything, also say who else may.',
    verbs: Object.keys(VERBS).filter(isVerb),
  },
  operator: {
    title: 'Operator',
    about: 'Works with users, keys, limits and quotas; deletes no user and no history.',
    verbs: [...SEE, ...WORK, 'bulk.see', 'audit.see'],
  },
  billing: {
    title: 'Billing',
    about: 'Sees users by name, and their usage; sets prices and closes months.',
    verbs: [
      'cluster.see',
      'user.list',
      'bucket.see',
      'usage.see',
      'statistics.see',
      'client.see',
      'billing.see',
      'billing.manage',
    ],
  },
  viewer: {
    title: 'Viewer',
    about: 'Sees everything but the audit, and changes nothing.',
    verbs: SEE,
  },
  auditor: {
    title: 'Auditor',
    about: 'Sees everything, the audit too, also as files, and changes nothing.',
    verbs: [...SEE, 'bulk.see', 'billing.see', 'audit.see', 'audit.export'],
  },
} as const satisfies Record<Role, { title: string; about: string; verbs: readonly Verb[] }>

export const may = (role: Role, verb: Verb): boolean => new Set<Verb>(ROLES[role].verbs).has(verb)

/** Of these some routes, at least, want a proof from a person who is signed in. */
export const PROOF_VERBS = [
  'user.delete',
  'key.create',
  'key.revoke',
  'account.change',
  'statistics.decide',
  'bulk.run',
  'access.manage',
  'billing.manage',
  'group.manage',
  'whmcs.manage',
] as const satisfies readonly Verb[]

/** Who may do what: for people only. */
const OF_PEOPLE = ['access.manage', 'group.manage'] as const satisfies readonly Verb[]

/** What an API token can be given: everything but to say who else may. */
export type TokenVerb = Exclude<Verb, (typeof OF_PEOPLE)[number]>
export const isTokenVerb = (name: string): name is TokenVerb => isVerb(name) && !OF_PEOPLE.some((verb) => verb === name)
export const TOKEN_VERBS: readonly TokenVerb[] = Object.keys(VERBS).filter(isTokenVerb)

/** The roles that may, as a person would list them: "Admin or Operator". */
export const whoMay = (verb: Verb): string => {
  const titles = roleNames.filter((role) => may(role, verb)).map((role) => ROLES[role].title)
  return titles.length === 1 ? `${titles[0]}` : `${titles.slice(0, -1).join(', ')} or ${titles.at(-1)}`
}
