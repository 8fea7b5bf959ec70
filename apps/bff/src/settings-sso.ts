import { roleNames } from '@ostor-console/shared/roles'
import * as z from 'zod'
import { isLoopbackName } from './loopback.ts'
import { webAddress } from './setting-schemas.ts'

const NEED_ISSUER = 'must be an https:// address such as https://login.example.com, without a query'
const NEED_ROLES =
  'must be pairs such as console-admins=admin,support=operator, or JSON such as {"cn=support,ou=groups": "operator"}'
const NEED_ROLE = `must give each group one of the roles ${roleNames.join(', ')}`

const issuer = webAddress((url) => url.protocol === 'https:' || isLoopbackName(url.hostname), NEED_ISSUER)

/** The last `=` counts, because the name of a group may have some. */
const pairOf = (text: string): [string, string] => {
  const at = text.lastIndexOf('=')
  return [text.slice(0, Math.max(at, 0)).trim(), text.slice(at + 1).trim()]
}

const pairsOf = (text: string): [string, unknown][] => {
  if (!text.trimStart().startsWith('{')) return text.split(',').map(pairOf)
  const pairs = z.record(z.string(), z.unknown()).safeParse(jsonOf(text))
  return pairs.success ? Object.entries(pairs.data) : []
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const emails = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
  .refine((parts) => z.array(z.email()).safeParse(parts).success, {
    error: 'must be e-mails with commas between them',
  })

const roles = z.string().transform((text, context) => {
  const pairs = pairsOf(text)
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  if (pairs.length === 0 || pairs.some(([group]) => group === '')) return refuse(NEED_ROLES)
  if (new Set(pairs.map(([group]) => group)).size < pairs.length) return refuse('must name each group once')
  const known = z.array(z.tuple([z.string(), z.enum(roleNames)])).safeParse(pairs)
  return known.success ? known.data : refuse(NEED_ROLE)
})

/** How people sign in through a provider of OpenID Connect. */
export const SSO_SETTINGS = {
  OIDC_ISSUER: {
    help: 'Address of the provider of OpenID Connect, exactly as it calls itself (`issuer`); turns single sign-on on.',
    schema: issuer,
  },
  OIDC_CLIENT_ID: {
    help: 'Client id of the console at the provider.',
    schema: z.string().regex(/^[\x20-\x7e]{1,256}$/, { error: 'must have 1 to 256 plain characters' }),
  },
  OIDC_CLIENT_SECRET: {
    help: 'Secret of that client.',
    secret: true as const,
    schema: z.string().regex(/^[\x20-\x7e]{8,1024}$/, { error: 'must have 8 to 1024 plain characters' }),
  },
  OIDC_NAME: {
    help: 'What the button on the sign-in page calls the provider.',
    fallback: 'single sign-on',
    schema: z.string().regex(/^[^\p{C}]{1,40}$/u, { error: 'must have 1 to 40 characters' }),
  },
  OIDC_SCOPES: {
    help: 'What is asked for, with spaces between; some providers tell groups only when `groups` is among them.',
    fallback: 'openid profile email',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/, { error: 'must be words with one space between them' })
      .refine((text) => text.split(' ').includes('openid'), { error: 'must have openid among them' }),
  },
  OIDC_GROUPS_CLAIM: {
    help: 'The claim that holds the groups of a person.',
    fallback: 'groups',
    schema: z.string().regex(/^[\x21-\x7e]{1,256}$/, { error: 'must be the name of a claim' }),
  },
  OIDC_ROLES: {
    help: `Which group has which role, such as \`console-admins=admin,support=operator\`; as JSON where names have commas. Who is in none of them is refused; of several roles the first holds of: ${roleNames.join(', ')}.`,
    schema: roles,
  },
  EMERGENCY_ADMINS: {
    help: 'E-mails of the admins who may still sign in without the provider, which every admin is then told of; when it is set, nobody else may.',
    schema: emails,
  },
}
