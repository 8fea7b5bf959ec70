import type { Person } from '@ostor-console/shared/admins'

type Ways = Pick<Person, 'hasPassword' | 'hasApp' | 'passkeys' | 'bySingleSignOn'>

export const hasSecondStep = ({ hasApp, passkeys }: Ways): boolean => hasApp || passkeys > 0

export const countOf = (passkeys: number): string => (passkeys === 1 ? '1 passkey' : `${passkeys} passkeys`)

/** How somebody signs in, as a list in words: "password, app, 2 passkeys"; empty for who has nothing yet. */
export const waysOf = ({ hasPassword, hasApp, passkeys, bySingleSignOn }: Ways): string[] => [
  ...(bySingleSignOn ? ['single sign-on'] : []),
  ...(hasPassword ? ['password'] : []),
  ...(hasPassword && hasApp ? ['app'] : []),
  ...(passkeys > 0 ? [countOf(passkeys)] : []),
]
