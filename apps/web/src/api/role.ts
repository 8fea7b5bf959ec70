import { may, ROLES, type Role, type Verb, whoMay } from '@ostor-console/shared/roles'
import { createContext, use } from 'react'

/** Of whoever is signed in. */
export const RoleContext = createContext<Role | null>(null)

/** Why the verb is refused here, for the tooltip of a button that is out of reach; `null` when it is not. */
export function useRefusal(verb: Verb): string | null {
  const role = use(RoleContext)
  if (role === null || may(role, verb)) return null
  return `You are signed in as ${ROLES[role].title}; this takes ${whoMay(verb)}.`
}
