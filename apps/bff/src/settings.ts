import { isIP } from 'node:net'
import { DIALECT, GATEWAY_VERSIONS } from '@ostor-console/shared/dialect'
import * as z from 'zod'
import { certificate, days, oneOf, port, seconds, upTo, withoutSpaces, yesOrNo } from './setting-schemas.ts'
import { SSO_SETTINGS } from './settings-sso.ts'
import { WHMCS_SETTINGS } from './settings-whmcs.ts'

const address = (protocols: string[], need: string) =>
  z.string().transform((text, context) => {
    const url = URL.parse(text)
    const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
    if (url && bare && protocols.includes(url.protocol)) return url
    context.addIssue({ code: 'custom', message: need })
    return z.NEVER
  })

const isNetwork = (text: string): boolean => {
  const [ip = '', bits] = text.split('/')
  const most = isIP(ip) === 4 ? 32 : 128
  return isIP(ip) !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
}

const networks = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every(isNetwork), {
    error: 'must be IP addresses or networks such as 10.0.0.0/8, with commas between them',
  })

/** Short, of few different characters, or copied from a text that everybody can read. */
const FEWEST_CHARACTERS = 8
const COPIED = /example|change.?me|password|secret.?key|12345678|abcdefgh/i
const MAKES_ONE = '`openssl rand -base64 32` makes one'

const strongKey = z
  .string()
  .min(32, { error: `must have at least 32 characters; ${MAKES_ONE}` })
  .refine((text) => new Set(text).size >= FEWEST_CHARACTERS && !COPIED.test(text), {
    error: `must not be one that can be guessed; ${MAKES_ONE}`,
  })

export type Setting = {
  help: string
  /** What holds when it is not set, as the README's table shows it. */
  fallback?: string
  /** Its value is never repeated in a message. */
  secret?: true
  /** Its file is refused when everybody on the machine can read it. */
  ownerOnly?: true
  schema: z.ZodType<unknown, string>
}

/** Every setting, once: it checks the values and fills the table of the README. Each has a twin `<NAME>_FILE`. */
export const SETTINGS = {
  HOST: {
    help: 'Address to listen on; anything but loopback needs `PUBLIC_URL`.',
    fallback: '127.0.0.1',
    schema: z.string().regex(/^[\w.:-]+$/, { error: 'must be an IP address or a host name' }),
  },
  PORT: {
    help: 'Port to listen on; 0 takes a free one.',
    fallback: '8080',
    schema: port,
  },
  PUBLIC_URL: {
    help: 'Address that admins open, such as `https://console.example.com`; with https, cookies are secure and `TRUST_PROXY` is needed.',
    schema: address(['http:', 'https:'], 'must be an address such as https://console.example.com, without a path'),
  },
  TRUST_PROXY: {
    help: 'Addresses or networks of the proxies in front, whose `X-Forwarded-*` are believed.',
    schema: networks,
  },
  METRICS_FROM: {
    help: 'Addresses or networks that may read `/metrics`, besides this machine.',
    schema: networks,
  },
  SECOND_STEP: {
    help: '`required` lets whoever signs in with a password alone do nothing but set up an app or a passkey.',
    fallback: 'optional',
    schema: oneOf('optional', 'required'),
  },
  DATA_DIR: {
    help: 'Folder of the embedded store and of the generated secret key.',
    fallback: './data/console',
    schema: z.string(),
  },
  DATABASE_URL: {
    help: 'PostgreSQL in place of the embedded store: `postgresql://user:password@host/database`.',
    secret: true,
    schema: z.string().regex(/^postgres(ql)?:\/\//, { error: 'must begin with postgresql://' }),
  },
  OSTOR_ENDPOINT: {
    help: 'Address of the gateway, such as `https://s3.example.com`.',
    schema: address(['http:', 'https:'], 'must be an address such as https://s3.example.com, without a path'),
  },
  OSTOR_ACCESS_KEY_ID: {
    help: 'Access key id of a system user (`ostor-s3-admin create-user -S -e …`).',
    schema: withoutSpaces(16, 128),
  },
  OSTOR_SECRET_ACCESS_KEY: {
    help: 'Secret of that key.',
    secret: true,
    schema: withoutSpaces(8, 256),
  },
  OSTOR_SIGNATURE: {
    help: 'How requests are signed: `v2` or `v4`.',
    fallback: 'v2' as const,
    schema: oneOf('v2', 'v4'),
  },
  OSTOR_REGION: {
    help: 'Region that is signed with `v4`.',
    fallback: 'us-east-1',
    schema: z.string().regex(/^[\w-]{1,64}$/, { error: 'must be letters, digits and hyphens' }),
  },
  OSTOR_CA: {
    help: 'Certificates (PEM) that are trusted for the gateway, in place of the well-known ones.',
    schema: certificate,
  },
  OSTOR_ALLOW_HTTP: {
    help: '`yes` allows an `http://` gateway beyond this machine, where everybody on the way can read and change what is sent.',
    fallback: 'no',
    schema: yesOrNo,
  },
  OSTOR_VERSION: {
    help: `Version of the gateway, where it is not to be learned from what it answers: ${GATEWAY_VERSIONS.join(', ')}.`,
    schema: oneOf(...GATEWAY_VERSIONS),
  },
  OSTOR_LIMITS_FORM: {
    help: 'Form in which the gateway takes limits, where it is not to be learned: `A` (`ops&get=`, by the minute) or `B` (`limit-type=`, by the second).',
    schema: oneOf(...DIALECT.limitsForm),
  },
  OSTOR_QUOTA_UNIT: {
    help: 'What the size of a quota counts when it is read, where it is not to be learned: `gb`, `bytes` (10^9 to the GB) or `binary-bytes` (2^30).',
    schema: oneOf(...DIALECT.quotaUnit),
  },
  OSTOR_CLUSTERS: {
    help: 'Several gateways in place of one, as JSON: `[{ "id", "name", "endpoint", "accessKeyId", "secretAccessKey" or "secretAccessKeyFile", "signature", "region", "ca", "version", "limitsForm", "quotaUnit" }]`; best given as `OSTOR_CLUSTERS_FILE`.',
    secret: true,
    schema: z.string(),
  },
  SECRET_KEY: {
    help: 'Key that signs session cookies and seals the secrets in the store, at least 32 characters; when not set, one is made and kept in `DATA_DIR`. Its file must not be readable by everybody.',
    secret: true,
    ownerOnly: true,
    schema: strongKey,
  },
  SECRET_KEY_OLD: {
    help: 'The key before, while a new one takes its place: it still opens what it sealed and signed.',
    secret: true,
    ownerOnly: true,
    schema: strongKey,
  },
  ...SSO_SETTINGS,
  ...WHMCS_SETTINGS,
  BACKUP_DIR: {
    help: 'Folder into which the console backs up its store every night; the newest 14 are kept.',
    schema: z.string().min(1),
  },
  RAW_STATISTICS_DAYS: {
    help: 'Days for which the raw statistics objects are kept, so that any total can be computed again.',
    fallback: '400',
    schema: days(31, 3660),
  },
  RETENTION_DAYS: {
    help: 'Days after which final statistics objects are deleted at the gateway, once they are in a verified backup; not set, nothing is deleted. Needs `BACKUP_DIR`.',
    schema: days(1, 3660),
  },
  BULK_RESULTS_DAYS: {
    help: 'Days for which a bulk change that ended is kept, with its result for each user; what it did stays in the audit.',
    fallback: '90',
    schema: days(1, 3660),
  },
  QUOTA_READS_PER_SECOND: {
    help: 'How many quotas of users are read in a second for the list of users; the gateway tells them one user at a time. New users come first, and each is read twice a day, as far as that suffices; besides, each process reads the quotas of all every five minutes. 0 reads none.',
    fallback: '4',
    schema: upTo(100),
  },
  STALE_AFTER: {
    help: 'Seconds without a new list of statistics objects after which the page calls figures stale.',
    fallback: '300',
    schema: seconds(1, 86_400),
  },
  LOG_LEVEL: {
    help: 'What is written to the log: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
    fallback: 'info' as const,
    schema: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  },
} satisfies Record<string, Setting>
