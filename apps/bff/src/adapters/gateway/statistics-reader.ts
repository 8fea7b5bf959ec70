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

const wholeIn = (wire: Wire, name: string, most: bigint): bigint => {
  const value = sizeOf(field(wire, name))
  if (value === null || value > most) throw new BadReply(`${name} is not a whole number from 0 to ${most}`)
  return value
}

/** The sum of all counters of one name, however deep: newer versions split them by storage class. */
const sumOf = (counters: Wire, name: string, depth = 0): bigint | null => {
  let sum: bigint | null = null
  for (const [key, value] of Object.entries(counters)) {
    const part =
      key === name ? wholeIn(counters, key, MOST) : isWire(value) && depth < 4 ? sumOf(value, name, depth + 1) : null
    if (part !== null) sum = (sum ?? 0n) + part
  }
  return sum
}

const counterOf = (counters: Wire, name: string): bigint => {
  const sum = sumOf(counters, name)
  if (sum === null || sum > MOST) throw new BadReply(`the counter ${name} is missing or too large`)
  return sum
}

export const readRow = (wire: Wire): StatisticsRow => {
  const key = field(wire, 'key')
  const counters = field(wire, 'counters')
  if (!isWire(key) || !isWire(counters)) throw new BadReply('an item has no key or no counters')
  const bucket = textOf(field(key, 'bucket'))
  const userId = textOf(field(key, 'user_id') ?? field(key, 'user'))
  if (bucket === null || userId === null) throw new BadReply('an item has no bucket or no user')
  return {
    bucket,
    epoch: wholeIn(key, 'epoch', MOST),
    userId,
    tag: textOf(field(key, 'tag')) ?? '',
    putOps: counterOf(counters, 'put'),
    getOps: counterOf(counters, 'get'),
    listOps: counterOf(counters, 'list'),
    otherOps: counterOf(counters, 'other'),
    uploadedBytes: counterOf(counters, 'uploaded'),
    downloadedBytes: counterOf(counters, 'downloaded'),
  }
}

const COUNTERS = ['putOps', 'getOps', 'listOps', 'otherOps', 'uploadedBytes', 'downloadedBytes'] as const

const summed = (rows: StatisticsRow[]): StatisticsRow[] => {
  const byKey = new Map<string, StatisticsRow>()
  for (const row of rows) {
    const key = JSON.stringify([row.bucket, String(row.epoch), row.userId, row.tag])
    const known = byKey.get(key)
    if (!known) byKey.set(key, row)
    else for (const counter of COUNTERS) known[counter] += row[counter]
  }
  const items = [...byKey.values()]
  if (items.some((row) => COUNTERS.some((counter) => row[counter] > MOST))) throw new BadReply('a sum is too large')
  return items
}

const NAME = /^s3-usage-([0-9a-f]{16})-/i

/** Checks that nothing is missing in it. */
export const readBody = (name: string, document: Wire, rows: StatisticsRow[]): StatisticsBody => {
  const count = wholeOf(field(document, 'nr_items'))
  if (count !== BigInt(rows.length))
    throw new BadReply(`nr_items is ${count ?? 'missing'}, but there are ${rows.length} items`)
  const version = sizeOf(field(document, 'fmt_version'))
  return {
    formatVersion: version === null ? null : Number(version),
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
  if (!isWire(document) || !Array.isArray(list)) throw new BadReply('it is no list of names')
  const names = list.filter((name) => typeof name === 'string' && name !== '')
  if (names.length !== list.length) throw new BadReply('its list holds something that is not a name')
  const count = wholeOf(field(document, 'nr_items'))
  if (count !== BigInt(names.length))
    throw new BadReply(`nr_items is ${count ?? 'missing'}, but there are ${names.length} names`)
  const truncated = field(document, 'truncated') === true
  if (truncated && names.length === 0) throw new BadReply('it is empty and yet says that more follows')
  return { names, truncated }
}
