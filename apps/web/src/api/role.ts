import { t } from '@lingui/core/macro'
import { may, type Role, type Verb } from '@ostor-console/shared/roles'
import { createContext, use } from 'react'
import { ROLE_WORDS, whoMayWords } from './role-words.ts'

/** Of whoever is signed in. */
export const RoleContext = createContext<Role | null>(null)

/** The groups of users that their role is limited to, in words; `null` without a limit. */
export const LimitContext = createContext<string | null>(null)

/** Why what is about all users is refused here; `null` when it is not. */
export function useFleetRefusal(): string | null {
  const limit = use(LimitContext)
  return limit === null ? null : t`You are limited to ${limit}, and this is about all users.`
}

/** Why the verb is refused to a role, `null` when it is not; without a role nothing is refused yet. */
export const refusalOf = (role: Role | null, verb: Verb): string | null =>
  role === null || may(role, verb)
    ? null
    : t`You are signed in as ${t(ROLE_WORDS[role].title)}; this takes ${whoMayWords(verb)}.`

/** Why the verb is refused here, for the tooltip of a button that is out of reach; `null` when it is not. */
export const useRefusal = (verb: Verb): string | null => refusalOf(use(RoleContext), verb)
