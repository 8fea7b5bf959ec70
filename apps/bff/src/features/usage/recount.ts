import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { said } from '@ostor-console/shared/said'
import type { StatisticsRow } from '../../adapters/gateway/gateway.ts'
import type { Counted, HourSums, KeptBody, RecountStore } from '../../adapters/store/recount.ts'

const decompress = promisify(zstdDecompress)

type Parts = {
  cluster: string
  recounts: Pick<RecountStore, 'reading' | 'record'>
  /** The rows of a raw body, as the gateway adapter reads them. */
  parse: (name: string, raw: Uint8Array) => StatisticsRow[]
  now: () => Date
}

const HOUR_MS = 3_600_000
const AT_ONCE = 100
const SAID = 3
const COUNTERS = ['putOps', 'getOps', 'listOps', 'otherOps', 'uploadedBytes', 'downloadedBytes'] as const
type Sums = Record<(typeof COUNTERS)[number], bigint>
type Raw = Map<string, { of: string; sums: Sums }>

/** PostgreSQL keeps no NUL, and no engine half a character. */
const stored = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')

/** Why a day that somebody asks for cannot be counted again, in one sentence; `null` when it can. */
export const whyNotCounted = async (
  { cluster, recounts }: { cluster: string; recounts: Pick<RecountStore, 'clusters' | 'isFinal'> },
  day: Date,
): Promise<string | null> => {
  const known = await recounts.clusters()
  if (!known.includes(cluster))
    return `The store knows no cluster "${cluster}". It knows: ${known.join(', ') || 'none'}.`
  if (await recounts.isFinal(cluster, day)) return null
  return `${day.toISOString().slice(0, 10)} is not final yet, so it cannot be counted again.`
}

/** Counts a day again from the raw bodies, compares it with the rows and the roll-ups, and writes down what differs. */
export const recountDay = async ({ cluster, recounts, parse, now }: Parts, day: Date): Promise<Counted> => {
  const found = await recounts.reading(cluster, day, async (reading) => {
    const raw: Raw = new Map()
    const unreadable: string[] = []
    let [objects, objectsWithoutBody] = [0, 0]
    for (let after = -1n; ; ) {
      const kept = await reading.bodies(after, AT_ONCE)
      for (const object of kept) {
        objects += 1
        if (object.body === null) objectsWithoutBody += 1
        const fault = object.body && (await addBody(raw, object, object.body, parse))
        if (fault) unreadable.push(fault)
      }
      const last = kept.at(-1)
      if (!last) break
      after = last.objectNo
    }
    const inRows = differencesOf(raw, await reading.rows())
    const inRollUps = await reading.rollUpDifferences()
    return { objects, objectsWithoutBody, differing: [...unreadable, ...inRows], inRollUps }
  })

  const { objects, objectsWithoutBody, differing, inRollUps } = found
  const sentences = [
    ...differing.slice(0, SAID),
    ...(inRollUps === 1 ? [said`1 sum of roll-ups differs from its rows`] : []),
    ...(inRollUps > 1 ? [said`${inRollUps} sums of roll-ups differ from their rows`] : []),
  ]
  const differences = differing.length + inRollUps
  const detail = sentences.length === 0 ? null : sentences.join('; ')
  const counted: Counted = { day, at: now(), objects, objectsWithoutBody, differences, detail }
  await recounts.record(cluster, counted)
  return counted
}

/** Why a body cannot be counted; its rows then differ as well. */
const addBody = async (
  raw: Raw,
  { name, startedAt, sha256 }: KeptBody,
  body: Uint8Array,
  parse: Parts['parse'],
): Promise<string | null> => {
  try {
    const bytes = await decompress(body)
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return said`the raw body of ${name} was changed`
    addTo(raw, startedAt, parse(name, bytes))
    return null
  } catch {
    return said`the raw body of ${name} cannot be read`
  }
}

const addTo = (raw: Raw, startedAt: Date, rows: StatisticsRow[]): void => {
  const hour = new Date(Math.floor(startedAt.getTime() / HOUR_MS) * HOUR_MS)
  for (const row of rows) {
    const [userId, bucket] = [stored(row.userId), stored(row.bucket)]
    const key = JSON.stringify([userId, bucket, hour.getTime()])
    const known = raw.get(key)
    if (!known) raw.set(key, { of: nameOf({ userId, bucket, hour }), sums: { ...row } })
    else for (const counter of COUNTERS) known.sums[counter] += row[counter]
  }
}

const nameOf = ({ userId, bucket, hour }: Pick<HourSums, 'userId' | 'bucket' | 'hour'>): string =>
  said`user ${userId}, bucket "${bucket}", ${hour.toISOString().slice(0, 13)}:00`

const differencesOf = (raw: Raw, rows: HourSums[]): string[] => {
  const found: string[] = []
  for (const row of rows) {
    const key = JSON.stringify([row.userId, row.bucket, row.hour.getTime()])
    const sums = raw.get(key)?.sums
    raw.delete(key)
    const counter = COUNTERS.find((name) => (sums?.[name] ?? 0n) !== row[name])
    if (counter)
      found.push(`${nameOf(row)}: ${said`${counter} is ${row[counter]}, but ${sums?.[counter] ?? 0n} from raw`}`)
  }
  return [...found, ...[...raw.values()].map(({ of }) => `${of}: ${said`stands in a raw body only`}`)]
}
