import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { isTokenVerb, may, PROOF_VERBS, type Role, VERBS, type Verb } from '@ostor-console/shared/roles'
import type { ApiToken } from '@ostor-console/shared/tokens'
import { whoMayWords } from '../../api/role-words.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 14

type Noun = Verb extends infer V ? (V extends `${infer N}.${string}` ? N : never) : never

const NOUNS: Record<Noun, MessageDescriptor> = {
  cluster: msg`Clusters`,
  user: msg`Users`,
  key: msg`Keys`,
  account: msg`Accounts`,
  limit: msg`Limits`,
  quota: msg`Quotas`,
  bucket: msg`Buckets`,
  usage: msg`Usage`,
  statistics: msg`Statistics`,
  operation: msg`Operations`,
  scheduled: msg`Scheduled changes`,
  bulk: msg`Bulk changes`,
  audit: msg`Audit`,
  access: msg`People`,
  group: msg`Groups of users`,
  client: msg`Clients`,
  whmcs: msg`WHMCS`,
  billing: msg`Billing`,
}
const nouns = new Map<string, MessageDescriptor>(Object.entries(NOUNS))

const isVerb = (name: string): name is Verb => Object.hasOwn(VERBS, name)
const nounOf = (verb: Verb): string => verb.split('.')[0] ?? verb
const proved = new Set<Verb>(PROOF_VERBS)

/** Every verb under the noun that it is about. */
export const verbGroups = (): { noun: string; verbs: Verb[] }[] => {
  const all = Object.keys(VERBS).filter(isVerb)
  return [...new Set(all.map(nounOf))].map((noun) => ({
    noun,
    verbs: all.filter((verb) => nounOf(verb) === noun),
  }))
}

export const nounWord = (noun: string): string => {
  const word = nouns.get(noun)
  return word ? t(word) : noun
}

/** Why a token of somebody with this role cannot have the verb; `null` when it can. */
export const whyNot = (verb: Verb, role: Role | null): string | null => {
  if (!isTokenVerb(verb)) return t`No token may: it takes a person who is signed in.`
  if (role !== null && may(role, verb)) return null
  const roles = whoMayWords(verb)
  return t`Out of reach: this takes ${roles}.`
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

export const STATES: Record<ApiToken['state'], { word: MessageDescriptor; tone: 'good' | 'warn' | 'off' }> = {
  active: { word: msg`in use`, tone: 'good' },
  'owner-disabled': { word: msg`refused: its owner is disabled`, tone: 'warn' },
  expired: { word: msg`expired`, tone: 'off' },
  revoked: { word: msg`revoked`, tone: 'off' },
}
