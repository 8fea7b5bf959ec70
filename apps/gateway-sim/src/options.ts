import { choice, flag, instant, integer, type Option } from './option-kinds.ts'

export const VERSIONS = '2.0 2.4 3.0 3.5 4.5 4.6 4.7 5.0 5.4 6.1 6.2 6.3 7.0 7.1 7.2 7.3 7.4'.split(' ')

/** Every option, once: it checks the values, names the command line's options and writes `--help`. */
export const OPTIONS = {
  // Where it listens
  port: integer('port of the gateway on 127.0.0.1; 0 takes a free one', 0, 0, 65_535),
  controlPort: integer('port of the control address on 127.0.0.1; 0 takes a free one', 0, 0, 65_535),

  // The world
  users: integer('ordinary users, besides the one system user', 10, 0, 1_000_000),
  buckets: integer('buckets, spread over the users, many on a few', 30, 0, 10_000_000),
  seed: integer('the same seed gives the same world, byte for byte', 1, 0, 0xffffffff),
  version: choice('the product version whose documents are followed', VERSIONS, '7.3'),
  now: instant('where the simulated clock starts', '2025-01-01T00:00:00Z', 'the real time'),
  disabledUsers: integer('that many of the users are disabled', 0),
  zeroKeyUsers: integer('that many of the users have no key pair', 0),
  twoKeyUsers: integer('that many of the users have two key pairs', 0),
  accountUsers: integer('that many of the users have accounts', 0),
  quotaUsers: integer('that many of the users have a quota, near what they store', 0),
  duplicateEmails: integer('that many of the users have the same e-mail as another one', 0),
  hugeBuckets: integer('that many of the buckets have an h_integral past 2^53', 0),
  hostile: flag('hostile text in some e-mails, bucket names and tags'),

  // Statistics
  collectStatistics: flag('whether S3_GW_COLLECT_STAT is on', true),
  months: integer('months of statistics before the start', 1, 0, 120),
  days: integer('days of statistics before the start, in place of months; -1: not given', -1, -1, 3660),
  since: instant(
    'where the statistics begin, in place of months and days',
    '2025-01-01T00:00:00Z',
    'by months or days',
  ),
  services: integer('gateway services, each with statistics of its own', 2, 1, 100),
  period: integer('seconds covered by one statistics object (S3_GW_USAGE_PERIOD)', 1800, 10, 86_400),
  flushSeconds: integer('seconds between writes to an object (S3_GW_USAGE_CACHE_TIMEOUT)', 30, 1, 3600),
  itemsPerObject: integer('items in one object, at most', 120, 1, 100_000),
  restarts: integer('one period in N is cut in two by a restart; 0: none', 0),
  silentPeriods: integer('one night period in N has no activity, and so no object; 0: none', 40, 0),
  names1970: integer('that many objects are dated 1970', 0, 0, 1000),
  serviceId: choice(
    'service_id as a number, a string, or hex digits without quotes',
    ['number', 'string', 'bare-hex'],
    'number',
  ),
  pageSize: integer('names in one answer when the request has no limit', 1000, 1),
  brokenJsonAbove: integer('a list of more names than this is broken JSON; 710 is the known bug; 0: never', 0),
  listOrder: choice('the order of the names within one answer', ['sorted', 'shuffled'], 'sorted'),
  listRepeats: flag('each answer with after repeats its first name at its end'),
  lateShare: integer('one object in N appears late; 0: none', 0),
  lateSeconds: integer('seconds after its start at which a late object appears', 7200, 0),
  limitWithAfter: choice('what limit and after do together', ['works', 'ignores-after', 'empty'], 'works'),

  // Users and keys
  listShape: choice('the list of users', ['wrapped', 'bare', 'lowercase'], (version) =>
    version < 600 ? 'bare' : 'wrapped',
  ),
  listSecrets: flag('the list of users holds their secrets', (version) => version < 204),
  genKeyAnswer: choice('genKey answers with both pairs or the new one', ['both', 'new'], 'both'),
  keyMethod: choice('the method of genKey and revokeKey', ['POST', 'PUT', 'both'], (version) =>
    version < 405 ? 'both' : 'POST',
  ),
  accountCount: choice('AccountCount in a user', ['string', 'number'], 'string'),
  createDuplicate: choice('creating a user whose e-mail exists', ['conflict', 'second', 'same'], 'conflict'),
  lastKey: choice('revoking the last pair', ['allow', 'refuse'], 'allow'),
  deleteUserStatus: choice('status after deleting a user', ['204', '203'], '204'),
  missing: choice('buckets of an unknown user, or an unknown bucket', ['404', 'empty'], '404'),

  // Limits and quotas
  limitsDialect: choice('the form of PUT ostor-limits that is understood', ['both', 'A', 'B'], 'both'),
  unknownDialect: choice('a PUT in the other form', ['refuse', 'ignore'], 'refuse'),
  formBResets: flag('the form B sets the other limits of its group to 0'),
  unsetLimits: choice('limits never set', ['zeros', 'error'], (version) => (version < 603 ? 'error' : 'zeros')),
  unsetLimitsStatus: choice('the status of that error', ['400', '403', '404'], '404'),
  accounting: flag('whether accounting was added, without which quotas fail', true),
  quotaType: choice('type of a quota', ['numeric', 'word'], 'numeric'),
  replicationReaders: choice('who may read the replication of a bucket', ['owner', 'system'], 'owner'),
  quotaUnit: choice('size of a quota as read', ['gb', 'bytes', 'binary-bytes'], 'gb'),

  // The wire
  errorStyle: choice('how errors come', ['xml', 'header', 'html'], 'xml'),
  emptyContentType: choice('content type of an answer 204', ['application/xml', 'none'], 'application/xml'),
  repeatedParameters: choice('a parameter given twice', ['refuse', 'first', 'last'], 'refuse'),
  dateShiftSeconds: integer('seconds added to the Date of each answer', 0, -1_000_000_000, 1_000_000_000),
  skewMinutes: integer('how far a request may be off the simulated clock; 0: any', 15, 0),
} satisfies Record<string, Option<string | number | boolean>>

type Table = typeof OPTIONS
export type Settings = { [Name in keyof Table]: Table[Name] extends Option<infer T> ? T : never }

/** What `startSimulator` takes: any of the table's options; instants also as ISO text. */
export type SimulatorOptions = {
  [Name in keyof Settings]?: (Name extends 'now' | 'since' ? number | string | Date : Settings[Name]) | undefined
}

const isOption = (name: string): name is keyof Table => Object.hasOwn(OPTIONS, name)

/** 7.3 as 703. */
export const versionNumber = (version: string) => {
  const [major, minor] = version.split('.')
  return Number(major) * 100 + Number(minor)
}

const textOf = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value))

/** Options checked against the table and completed. Throws an error whose message is one line for a person. */
export const settle = (given: Record<string, unknown>): Settings & { versionNumber: number } => {
  const read: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!isOption(name)) throw new Error(`there is no option ${name}`)
    const option: Option<unknown> = OPTIONS[name]
    read[name] = option.parse(textOf(value))
    if (read[name] === undefined) throw new Error(`${name} is ${textOf(value)}, but must be ${option.accepts}`)
  }
  const version = versionNumber(textOf(given['version'] ?? '7.3'))
  for (const [name, option] of Object.entries(OPTIONS)) read[name] ??= option.fallback(version)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each value was read by the option of its name.
  const settings = { ...(read as Settings), versionNumber: version }
  if (settings.users === 0 && settings.buckets > 0) throw new Error('buckets need users to own them, and users is 0')
  return settings
}

export type Settled = ReturnType<typeof settle>
