import { plural, t } from '@lingui/core/macro'
import type { Person } from '@ostor-console/shared/admins'

type Ways = Pick<Person, 'hasPassword' | 'hasApp' | 'passkeys' | 'bySingleSignOn'>

export const hasSecondStep = ({ hasApp, passkeys }: Ways): boolean => hasApp || passkeys > 0

/** How somebody signs in, as a list in words: "password, app, 2 passkeys"; empty for who has nothing yet. */
export const waysOf = ({ hasPassword, hasApp, passkeys, bySingleSignOn }: Ways): string[] => [
  ...(bySingleSignOn ? [t`single sign-on`] : []),
  ...(hasPassword ? [t`password`] : []),
  ...(hasPassword && hasApp ? [t`app`] : []),
  ...(passkeys > 0 ? [plural(passkeys, { one: '# passkey', other: '# passkeys' })] : []),
]
