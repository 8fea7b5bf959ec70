import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompress, zstdCompressSync } from 'node:zlib'
import { ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Gateway } from '../../adapters/gateway/gateway.ts'
import type { DueObject } from '../../adapters/store/statistics.ts'
import type { Change } from '../../adapters/store/statistics-changes.ts'
import { type ClosingRule, isClosed } from './closing.ts'
import { parseName } from './object-name.ts'
import { faultOfCounters, faultOfSpan } from './plausible.ts'

const compressAside = promisify(zstdCompress)
// A quarter of a megabyte takes about a millisecond here, and three times as much on another thread.
const SHORT_BYTES = 262_144
const compress = (raw: Uint8Array): Uint8Array | Promise<Uint8Array> =>
  raw.length <= SHORT_BYTES ? zstdCompressSync(raw) : compressAside(raw)

const MOST_TRIES = 5
const FIRST_RETRY_MS = 30_000
const LATER_RETRY_MS = 3_600_000

type Clock = { now: Date; gatewayNow: Date }

/** Reads one object and judges it. Throws what may be a failure of the gateway rather than of this object. */
export const readObject = async (
  gateway: Pick<Gateway, 'readStatistics'>,
  due: DueObject,
  { now, gatewayNow }: Clock,
  rule: ClosingRule,
): Promise<Change> => {
  const read = await gateway.readStatistics(due.name).catch((error: unknown) => {
    if (error instanceof ProblemError && error.is('gateway-bad-reply')) return error
    throw error
  })
  if (read === null) return { kind: 'gone', name: due.name, at: now }
  if (read instanceof ProblemError) return unreadable(due, now, read)

  const { raw, object } = read
  const { periodSeconds, formatVersion, items } = object
  // The start that is stored may be what an admin assigned once.
  const named = parseName(due.name)?.startedAt ?? due.startedAt
  const startedAt = due.assignedAt ?? startOf(named, object.startedAt)
  const fault =
    (due.assignedAt ? null : faultOfSpan({ startedAt: named, seconds: due.nominalSeconds }, gatewayNow)) ??
    faultOfSpan({ startedAt, seconds: periodSeconds }, gatewayNow) ??
    faultOfCounters(items)
  if (fault) return { kind: 'quarantined', name: due.name, at: now, reason: fault, dueAt: null, tries: 0 }

  const sha256 = createHash('sha256').update(raw).digest('hex')
  const isSame = sha256 === due.sha256
  // A reading from the future was made before a clock was set back.
  const unchangedSince = isSame && due.unchangedSince && due.unchangedSince < now ? due.unchangedSince : now
  const unchangedMs = now.getTime() - unchangedSince.getTime()
  const { nominalSeconds } = due
  // Its rows stand at its start, which a decision may have moved.
  const isStored = isSame && startedAt.getTime() === due.startedAt.getTime()
  // One that was stored and still changed has to be seen twice, however old it is.
  const hasChanged = !isSame && due.sha256 !== null
  const closed = !hasChanged && isClosed({ startedAt, nominalSeconds, periodSeconds, gatewayNow, unchangedMs }, rule)
  return {
    kind: 'stored',
    name: due.name,
    at: now,
    objectNo: due.objectNo,
    startedAt,
    periodSeconds,
    formatVersion,
    sha256,
    unchangedSince,
    isClosed: closed,
    dueAt: closed ? null : after(now, rule.rereadMs),
    ...(!isStored && { content: { body: await compress(raw), rows: items } }),
  }
}

/** `start_ts` is the truth, in whole seconds; the name is finer where both agree. */
const startOf = (fromName: Date, fromBody: Date): Date =>
  Math.abs(fromName.getTime() - fromBody.getTime()) < 1000 ? fromName : fromBody

/** Put off; after some tries in quarantine, where it is still read every hour. */
export const unreadable = ({ name, tries: before }: DueObject, now: Date, { message }: ProblemError): Change => {
  const tries = before + 1
  if (tries < MOST_TRIES)
    return { kind: 'retry', name, at: now, tries, dueAt: after(now, FIRST_RETRY_MS * 2 ** before) }
  const reason = `${said`It could not be read ${tries} times.`} ${message}.`
  return { kind: 'quarantined', name, at: now, reason, tries, dueAt: after(now, LATER_RETRY_MS) }
}

const after = (at: Date, ms: number) => new Date(at.getTime() + ms)
