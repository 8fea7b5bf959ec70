import * as z from 'zod'
import { said } from './said.ts'

type Rule = { code: string; error: string; holds: (email: string) => boolean }

const LOCAL = /^[A-Za-z0-9!$'*+/^_`{|}~-]+(\.[A-Za-z0-9!$'*+/^_`{|}~-]+)*$/
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

const wellFormed = (email: string): boolean => {
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  const labels = email.slice(at + 1).split('.')
  return at > 0 && local.length <= 64 && LOCAL.test(local) && labels.length > 1 && labels.every((l) => LABEL.test(l))
}

/** In this order; the first rule that does not hold is the one that is said. */
const RULES: Rule[] = [
  { code: 'email_required', error: said`Enter an e-mail address`, holds: (email) => email.trim() !== '' },
  {
    code: 'email_invalid',
    error: said`Remove the spaces around the address`,
    holds: (email) => email === email.trim(),
  },
  {
    code: 'email_ascii_only',
    error: said`Use plain ASCII letters; write an international domain in its punycode form (xn--…)`,
    holds: (email) => /^\p{ASCII}*$/u.test(email),
  },
  {
    code: 'email_unsupported_character',
    error: said`The characters & = # ? % and control characters cannot be used, because the gateway reads the address from a URL`,
    holds: (email) => !/[&=#?%\p{Cc}]/u.test(email),
  },
  { code: 'email_too_long', error: said`Use at most 254 characters`, holds: (email) => email.length <= 254 },
  { code: 'email_invalid', error: said`Enter one address such as name@example.com`, holds: wellFormed },
]

/** The e-mail of a new user. Stricter than the gateway, which says nothing of what it accepts. */
export const NewUserEmail = z.string().superRefine((email, context) => {
  const broken = RULES.find((rule) => !rule.holds(email))
  if (broken) context.addIssue({ code: 'custom', message: broken.error, params: { code: broken.code } })
})
