import { isTokenVerb, may, PROOF_VERBS, type Role, VERBS, type Verb, whoMay } from '@ostor-console/shared/roles'
import type { ApiToken } from '@ostor-console/shared/tokens'

const DAY_MS = 86_400_000
const SOON_DAYS = 14

const NOUNS: Record<string, string> = {
  cluster: 'Clusters',
  user: 'Users',
  key: 'Keys',
  account: 'Accounts',
  limit: 'Limits',
  quota: 'Quotas',
  bucket: 'Buckets',
  usage: 'Usage',
  statistics: 'Statistics',
  operation: 'Operations',
  scheduled: 'Scheduled changes',
  bulk: 'Bulk changes',
  audit: 'Audit',
  access: 'People',
  group: 'Groups of users',
}

const isVerb = (name: string): name is Verb => Object.hasOwn(VERBS, name)
const nounOf = (verb: Verb): string => verb.split('.')[0] ?? verb
const proved = new Set<Verb>(PROOF_VERBS)

/** Every verb under the noun that it is about. */
export const verbGroups = (): { title: string; verbs: Verb[] }[] => {
  const all = Object.keys(VERBS).filter(isVerb)
  return [...new Set(all.map(nounOf))].map((noun) => ({
    title: NOUNS[noun] ?? noun,
    verbs: all.filter((verb) => nounOf(verb) === noun),
  }))
}

/** Why a token of somebody with this role cannot have the verb; `null` when it can. */
export const whyNot = (verb: Verb, role: Role | null): string | null => {
  if (!isTokenVerb(verb)) return 'No token may: it takes a person who is signed in.'
  return role !== null && may(role, verb) ? null : `Out of reach: this takes ${whoMay(verb)}.`
}

/** Only looks. */
export const isReading = (verb: Verb): boolean => /\.(see|list)$/.test(verb)

/** A person has to prove who they are before it, and a token has not. */
export const asksPeople = (verb: Verb): boolean => proved.has(verb)

/** Whole days that are left at an instant, when they are few; `null` when there are many, or it does not expire by itself. */
export const daysLeft = ({ state, expiresAt }: Pick<ApiToken, 'state' | 'expiresAt'>, at: number): number | null => {
  if (state === 'expired' || state === 'revoked') return null
  const days = Math.max(0, Math.floor((Date.parse(expiresAt) - at) / DAY_MS))
  return days <= SOON_DAYS ? days : null
}

/** The day on which what is made at an instant expires. */
export const endAfter = (days: number, at: number): number => at + days * DAY_MS

/** As somebody types a list: between commas, spaces or lines. */
export const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '')

export const STATES: Record<ApiToken['state'], { word: string; tone: 'good' | 'warn' | 'off' }> = {
  active: { word: 'in use', tone: 'good' },
  'owner-disabled': { word: 'refused: its owner is disabled', tone: 'warn' },
  expired: { word: 'expired', tone: 'off' },
  revoked: { word: 'revoked', tone: 'off' },
}
