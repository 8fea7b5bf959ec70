import { type Role, type Verb, whoMay } from '@ostor-console/shared/roles'
import { said } from '@ostor-console/shared/said'

// One sentence for each: a role has another name in every language.

export const SIGNED_IN_AS: Record<Role, string> = {
  admin: said`You are signed in as Admin`,
  operator: said`You are signed in as Operator`,
  billing: said`You are signed in as Billing`,
  viewer: said`You are signed in as Viewer`,
  auditor: said`You are signed in as Auditor`,
}

export const OWNER_IS: Record<Role, string> = {
  admin: said`Its owner is Admin now`,
  operator: said`Its owner is Operator now`,
  billing: said`Its owner is Billing now`,
  viewer: said`Its owner is Viewer now`,
  auditor: said`Its owner is Auditor now`,
}

const TAKES = [
  said`this takes Admin`,
  said`this takes Admin or Operator`,
  said`this takes Admin or Billing`,
  said`this takes Admin or Auditor`,
  said`this takes Admin, Operator or Auditor`,
  said`this takes Admin, Billing or Auditor`,
  said`this takes Admin, Operator, Viewer or Auditor`,
  said`this takes Admin, Operator, Billing, Viewer or Auditor`,
]

/** Which roles may. */
export const takes = (verb: Verb): string => {
  const sentence = `this takes ${whoMay(verb)}`
  const known = TAKES.find((each) => each === sentence)
  if (known === undefined) throw new Error(`There is no sentence for “${sentence}”`)
  return known
}
