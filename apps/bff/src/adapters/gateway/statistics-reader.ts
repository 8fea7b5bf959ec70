import { said } from '@ostor-console/shared/said'
import { BadReply } from './failures.ts'
import { field, isWire, sizeOf, textOf, type Wire, wholeOf } from './wire.ts'

export type StatisticsRow = {
  bucket: string
  epoch: bigint
  userId: string
  tag: string
  putOps: bigint
  getOps: bigint
  listOps: bigint
  otherOps: bigint
  uploadedBytes: bigint
  downloadedBytes: bigint
}

export type StatisticsBody = {
  formatVersion: number | null
  serviceId: string
  startedAt: Date
  periodSeconds: number
  /** Each key once: what the gateway splits is summed. */
  items: StatisticsRow[]
}

export type StatisticsRead = { raw: Uint8Array; object: StatisticsBody }

const MOST = 2n ** 63n - 1n
const MOST_SECONDS = 100_000_000_000n
const MOST_VERSION = 2n ** 31n - 1n

const wholeIn = (wire: Wire, name: string, most: bigint): bigint => {
  const value = sizeOf(field(wire, name))
  if (value === null || value > most) throw new BadReply(said`${name} is not a whole number from 0 to ${most}`)
  return value
}

const COUNTERS = {
  put: 'putOps',
  get: 'getOps',
  list: 'listOps',
  other: 'otherOps',
  uploaded: 'uploadedBytes',
  downloaded: 'downloadedBytes',
} as const
type Counters = Record<(typeof COUNTERS)[keyof typeof COUNTERS], bigint>

const DEEPEST = 4

/** The sums of all counters by their names, however deep: newer versions split them by storage class. */
const addCounters = (sums: Partial<Counters>, counters: Wire, depth = 0): void => {
  for (const key of Object.keys(counters)) {
    const value = counters[key]
    if (isCounter(key)) sums[COUNTERS[key]] = (sums[COUNTERS[key]] ?? 0n) + wholeIn(counters, key, MOST)
    else if (isWire(value) && depth < DEEPEST) addCounters(sums, value, depth + 1)
  }
}

const isCounter = (key: string): key is keyof typeof COUNTERS => Object.hasOwn(COUNTERS, key)

const countersOf = (counters: Wire): Counters => {
  const sums: Partial<Counters> = {}
  addCounters(sums, counters)
  const known = (key: keyof typeof COUNTERS): bigint => {
    const sum = sums[COUNTERS[key]]
    if (sum === undefined || sum > MOST) throw new BadReply(said`the counter ${key} is missing or too large`)
    return sum
  }
  return {
    putOps: known('put'),
    getOps: known('get'),
    listOps: known('list'),
    otherOps: known('other'),
    uploadedBytes: known('uploaded'),
    downloadedBytes: known('downloaded'),
  }
}

export const readRow = (wire: Wire): StatisticsRow => {
  const key = field(wire, 'key')
  const counters = field(wire, 'counters')
  if (!isWire(key) || !isWire(counters)) throw new BadReply(said`an item has no key or no counters`)
  const bucket = textOf(field(key, 'bucket'))
  const userId = textOf(field(key, 'user_id') ?? field(key, 'user'))
  if (bucket === null || userId === null) throw new BadReply(said`an item has no bucket or no user`)
  return {
    bucket,
    epoch: wholeIn(key, 'epoch', MOST),
    userId,
    tag: textOf(field(key, 'tag')) ?? '',
    ...countersOf(counters),
  }
}

const SUMMED = Object.values(COUNTERS)

/** Lengths keep apart what any character may join. */
const keyOf = ({ bucket, epoch, userId, tag }: StatisticsRow): string =>
  `${bucket.length} ${userId.length} ${epoch} ${bucket} ${userId} ${tag}`

const summed = (rows: StatisticsRow[]): StatisticsRow[] => {
  const byKey = new Map<string, StatisticsRow>()
  for (const row of rows) {
    const key = keyOf(row)
    const known = byKey.get(key)
    if (!known) byKey.set(key, row)
    else for (const counter of SUMMED) known[counter] += row[counter]
  }
  const items = [...byKey.values()]
  if (items.some((row) => SUMMED.some((counter) => row[counter] > MOST))) throw new BadReply(said`a sum is too large`)
  return items
}

const NAME = /^s3-usage-([0-9a-f]{16})-/i

/** Checks that nothing is missing in it. */
export const readBody = (name: string, document: Wire, rows: StatisticsRow[]): StatisticsBody => {
  const count = wholeOf(field(document, 'nr_items'))
  if (count !== BigInt(rows.length))
    throw new BadReply(
      count === null
        ? said`nr_items is missing, but the number of items is ${rows.length}`
        : said`nr_items is ${count}, but the number of items is ${rows.length}`,
    )
  const version = sizeOf(field(document, 'fmt_version'))
  return {
    formatVersion: version === null || version > MOST_VERSION ? null : Number(version),
    // The body gives it as a number, as text or as digits that are no JSON; the name always gives it.
    serviceId: (NAME.exec(name)?.[1] ?? '').toLowerCase(),
    startedAt: new Date(Number(wholeIn(document, 'start_ts', MOST_SECONDS)) * 1000),
    periodSeconds: Number(wholeIn(document, 'period', MOST_SECONDS)),
    items: summed(rows),
  }
}

export type NamePage = { names: string[]; truncated: boolean }

export const readNames = (document: unknown): NamePage => {
  const list = isWire(document) ? field(document, 'items') : null
  if (!isWire(document) || !Array.isArray(list)) throw new BadReply(said`it is no list of names`)
  const names = list.filter((name) => typeof name === 'string' && name !== '')
  if (names.length !== list.length) throw new BadReply(said`its list holds something that is not a name`)
  const count = wholeOf(field(document, 'nr_items'))
  if (count !== BigInt(names.length))
    throw new BadReply(
      count === null
        ? said`nr_items is missing, but the number of names is ${names.length}`
        : said`nr_items is ${count}, but the number of names is ${names.length}`,
    )
  const truncated = field(document, 'truncated') === true
  if (truncated && names.length === 0) throw new BadReply(said`it is empty and yet says that more follows`)
  return { names, truncated }
}
