import { WHMCS_MODES } from '@ostor-console/shared/whmcs'
import * as z from 'zod'
import { certificate, oneOf, webAddress, whole, withoutSpaces, yesOrNo } from './setting-schemas.ts'

const isDecodable = (text: string): boolean => {
  try {
    return decodeURIComponent(text) !== ''
  } catch {
    return false
  }
}

const databaseUrl = z.string().transform((text, context) => {
  const url = URL.parse(text)
  const isRight = url && url.protocol === 'mysql:' && url.hostname && url.username && url.password && !/[?#]/.test(text)
  if (isRight && /^\/\w+$/.test(url.pathname) && isDecodable(url.username) && isDecodable(url.password)) return url
  context.addIssue({
    code: 'custom',
    message: 'must be mysql://user:password@host:3306/database, with the database that holds the procedures',
  })
  return z.NEVER
})

const NEED_ADMINS =
  'must be numbers of admins of WHMCS with the e-mail of a person, such as 1=ada@example.com,7=ben@example.com'
const AdminPair = z.tuple([
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
  z.email(),
])

const admins = z.string().transform((text, context) => {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  const known = z.array(AdminPair).safeParse(pairs)
  if (known.success && new Set(known.data.map(([id]) => id)).size === known.data.length) return new Map(known.data)
  context.addIssue({ code: 'custom', message: NEED_ADMINS })
  return z.NEVER
})

const keyId = z.string().regex(/^[\w.-]{1,64}$/, { error: 'must have 1 to 64 letters, digits, dots or hyphens' })
const sharedSecret = z.string().regex(/^[\x21-\x7e]{32,256}$/, {
  error: 'must have 32 to 256 characters without spaces; `openssl rand -base64 32` makes one',
})

/** How the console and WHMCS get on. */
export const WHMCS_SETTINGS = {
  WHMCS_MODE: {
    help: 'How WHMCS is told of users and keys: `off`, `append`, `database`, `addon` or `compat` ([docs/whmcs.md](docs/whmcs.md)).',
    fallback: 'off' as const,
    schema: oneOf(...WHMCS_MODES),
  },
  WHMCS_API_URL: {
    help: 'Address of the API of WHMCS, such as `https://billing.example.com/includes/api.php`.',
    schema: webAddress(
      (url) => url.pathname.endsWith('/api.php'),
      'must be an address such as https://billing.example.com/includes/api.php, without a query',
    ),
  },
  WHMCS_ALLOW_HTTP: {
    help: '`yes` allows an `http://` address of WHMCS beyond this machine, where everybody on the way can read and change what is sent.',
    fallback: 'no',
    schema: yesOrNo,
  },
  WHMCS_IDENTIFIER: {
    help: 'Identifier of an API credential of WHMCS.',
    schema: withoutSpaces(1, 256),
  },
  WHMCS_SECRET: {
    help: 'Secret of that credential.',
    secret: true as const,
    schema: withoutSpaces(8, 256),
  },
  WHMCS_ACCESS_KEY: {
    help: 'API access key of WHMCS (`$api_access_key`), where it is to be let in from any address.',
    secret: true as const,
    schema: z
      .string()
      .regex(/^[A-Za-z0-9!@#$%.()*[\]_-]{8,256}$/, { error: 'must have 8 to 256 letters, digits or !@#$%.()*[]-_' }),
  },
  WHMCS_CA: {
    help: 'Certificates (PEM) that are trusted for WHMCS, in place of the well-known ones.',
    schema: certificate,
  },
  WHMCS_TIMEOUT_MS: {
    help: 'Milliseconds after which a call to WHMCS is given up.',
    fallback: '15000',
    schema: whole(100, 120_000),
  },
  WHMCS_MAX_RPS: { help: 'Most calls to WHMCS in a second.', fallback: '5', schema: whole(1, 100) },
  WHMCS_MAX_PARALLEL: { help: 'Most calls to WHMCS at a time.', fallback: '2', schema: whole(1, 10) },
  WHMCS_ADMIN_URL: {
    help: 'Address of the admin area of WHMCS, such as `https://billing.example.com/admin`, for links to clients.',
    schema: webAddress(() => true, 'must be an address such as https://billing.example.com/admin, without a query'),
  },
  WHMCS_LINK_FIELD_ID: {
    help: 'Number of the custom field of clients that is to hold the ids of their S3 users; not set, none does.',
    schema: whole(1, 2_147_483_647),
  },
  WHMCS_DB_URL: {
    help: 'Database with the procedures of `integrations/whmcs/database.sql`: `mysql://user:password@host:3306/ostordash`. For the modes `database` and `compat`.',
    secret: true as const,
    schema: databaseUrl,
  },
  WHMCS_DB_CA: {
    help: 'Certificates (PEM) that are trusted for that database, in place of the well-known ones.',
    schema: certificate,
  },
  WHMCS_DB_TLS: {
    help: '`no` speaks to that database without encryption beyond this machine.',
    fallback: 'yes',
    schema: yesOrNo,
  },
  WHMCS_ACCEPT_SECRETS_IN_NOTES: {
    help: '`yes` accepts what the mode `compat` does: everybody who may read notes, backups or logs of WHMCS reads the secret keys of customers.',
    fallback: 'no',
    schema: yesOrNo,
  },
  WHMCS_ADDON_KEY_ID: { help: 'Key id that the addon inside WHMCS signs with.', schema: keyId },
  WHMCS_ADDON_SECRET: { help: 'Shared secret of that key.', secret: true as const, schema: sharedSecret },
  WHMCS_ADDON_KEY_ID_OLD: { help: 'The key id before, while a new one takes its place.', schema: keyId },
  WHMCS_ADDON_SECRET_OLD: { help: 'Shared secret of that key.', secret: true as const, schema: sharedSecret },
  WHMCS_ADMINS: {
    help: 'Who each admin of WHMCS is when the addon opens the console, by number: `1=ada@example.com,7=ben@example.com`. Others are refused.',
    schema: admins,
  },
  WHMCS_SYNC_INTERVAL_MIN: {
    help: 'Minutes between two comparisons of clients and S3 users.',
    fallback: '60',
    schema: whole(5, 10_080),
  },
  WHMCS_USAGE_PUSH: {
    help: 'How usage reaches WHMCS: `none`; `product` sets the figures of each service; `metrics` waits for the provisioning module to ask.',
    fallback: 'none' as const,
    schema: oneOf('none', 'product', 'metrics'),
  },
}
