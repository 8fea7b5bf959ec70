import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { NewUserEmail } from '@ostor-console/shared/email'

const WORDS = new Map<unknown, MessageDescriptor>([
  ['email_required', msg`Enter an e-mail address`],
  ['email_ascii_only', msg`Use plain ASCII letters; write an international domain in its punycode form (xn--…)`],
  [
    'email_unsupported_character',
    msg`The characters & = # ? % and control characters cannot be used, because the gateway reads the address from a URL`,
  ],
  ['email_too_long', msg`Use at most 254 characters`],
])

/** Why the contract does not take the e-mail of a new user, in the language of the page; `null` when it does. */
export function refusedBecause(email: string): string | null {
  const issue = NewUserEmail.safeParse(email).error?.issues[0]
  if (!issue) return null
  const known = WORDS.get(issue.code === 'custom' ? issue.params?.['code'] : undefined)
  if (known) return t(known)
  return email === email.trim()
    ? t`Enter one address such as name@example.com`
    : t`Remove the spaces around the address`
}
