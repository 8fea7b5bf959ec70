import { createTurns } from '../../turns.ts'

/** What the gateway says of one bucket at an hour. */
export type SizedBucket = {
  name: string
  ownerId: string
  createdAt: Date | null
  epoch: bigint | null
  storedBytes: bigint | null
  byteHours: bigint | null
}

type Kind = 'cluster' | 'user' | 'bucket'

/** A size at the hour at which it was last found changed. */
export type Sample = {
  kind: Kind
  id: string
  createdAt: Date | null
  epoch: bigint | null
  ownerId: string
  sampledAt: Date
  bytes: bigint
  byteHours: bigint
}

export type Run = {
  /** New sizes, in place of those before of the same subject. */
  samples: Sample[]
  /** Buckets that are there no more, as they were known last. */
  ended: Sample[]
  /** How many users have any of the buckets. */
  owners: number
  /** Buckets whose size is not told any more, or never was. */
  fellSilent: Untold[]
  /** Buckets whose silence is over. */
  heard: Heard[]
}

/** A bucket that is there, and whose size is not told since an hour at which it was, or at which there was no such bucket. */
export type Untold = { bucket: string; ownerId: string; since: Date }

/** `isLost`: nobody learns what was stored while no size was told. */
export type Heard = { bucket: string; isLost: boolean }

/** What is known when a list comes. */
export type Before = {
  firstRunAt: Date | null
  lastRunAt: Date | null
  known: ReadonlyMap<string, Sample>
  untold: ReadonlyMap<string, Untold>
}

const HOUR_MS = 3_600_000
const AT_ONCE = 1_000

export const keyOf = ({ kind, id }: Pick<Sample, 'kind' | 'id'>): string => `${kind} ${id}`

/** The running total at a later hour, had the size stayed as it was. */
export const totalAt = ({ bytes, byteHours, sampledAt }: Sample, at: Date): bigint =>
  byteHours + bytes * BigInt(Math.round((at.getTime() - sampledAt.getTime()) / HOUR_MS))

/**
 * What one list of all buckets adds to the history. A size that did not change needs no sample. Users and the cluster
 * have running totals of their own, which grow by what their buckets' integrals grew since the last run. A million
 * buckets are gone through in steps, so that requests are served meanwhile. A bucket whose size is not told is in no sum;
 * once it is told, its integral has counted on.
 */
export const runOf = async (at: Date, before: Before, buckets: readonly SizedBucket[]): Promise<Run> => {
  const { lastRunAt, known, untold } = before
  const fellSilent: Untold[] = []
  const heard: Heard[] = []
  const samples: Sample[] = []
  const ended: Sample[] = []
  const seen = new Set<string>()
  const owners = new Set<string>()
  const groups = new Map<string, { bytes: bigint; grown: bigint }>()
  const add = (kind: Kind, id: string, bytes: bigint, grown: bigint) => {
    const key = keyOf({ kind, id })
    const group = groups.get(key) ?? { bytes: 0n, grown: 0n }
    groups.set(key, { bytes: group.bytes + bytes, grown: group.grown + grown })
  }

  const turn = createTurns()
  for (const [index, bucket] of buckets.entries()) {
    if (index % AT_ONCE === 0) await turn()
    const { name: id, ownerId, createdAt, epoch, storedBytes: bytes, byteHours } = bucket
    owners.add(ownerId)
    const key = keyOf({ kind: 'bucket', id })
    seen.add(key)
    const last = known.get(key)
    const silence = untold.get(id)
    // A size that the gateway does not tell is not known, which is no size of 0, and no end of the bucket either.
    if (bytes === null || byteHours === null) {
      const isOther = last !== undefined && !isSameBucket(last, bucket)
      if (isOther) ended.push(last)
      if (silence && silence.ownerId === ownerId && !isOther) continue
      if (silence) heard.push({ bucket: id, isLost: true })
      const since = (last && !isOther ? null : createdAt) ?? lastRunAt ?? new Date(at.getTime() - HOUR_MS)
      fellSilent.push({ bucket: id, ownerId, since: hourOf(since) })
      continue
    }
    const now: Sample = { kind: 'bucket', id, createdAt, epoch, ownerId, sampledAt: at, bytes, byteHours }
    const isSame = last !== undefined && isSameGeneration(last, now, silence?.since ?? lastRunAt)
    if (last && !isSame) ended.push(last)
    if (!isSame || !staysAs(last, now)) samples.push(now)
    if (silence)
      heard.push({ bucket: id, isLost: !isSame && (last !== undefined || !countsWhole(before, silence, now)) })
    const grown = grownSince(before, silence, isSame ? last : undefined, now)
    add('user', ownerId, bytes, grown)
    add('cluster', '', bytes, grown)
  }
  for (const bucket of untold.keys())
    if (!seen.has(keyOf({ kind: 'bucket', id: bucket }))) heard.push({ bucket, isLost: true })
  let looked = 0
  for (const [key, last] of known) {
    looked += 1
    if (looked % AT_ONCE === 0) await turn()
    if (last.kind !== 'bucket') add(last.kind, last.id, 0n, 0n)
    else if (!seen.has(key)) ended.push(last)
  }
  for (const [key, { bytes, grown }] of groups) {
    const [kind, id] = [key.startsWith('user') ? 'user' : 'cluster', key.slice(key.indexOf(' ') + 1)] as const
    const last = known.get(key)
    const total = last && lastRunAt ? totalAt(last, lastRunAt) : 0n
    const now: Sample = {
      kind,
      id,
      createdAt: null,
      epoch: null,
      ownerId: '',
      sampledAt: at,
      bytes,
      byteHours: total + grown,
    }
    if (!last || !staysAs(last, now)) samples.push(now)
  }
  return { samples, ended, owners: owners.size, fellSilent, heard }
}

/** Which a list that tells no size may not tell either. */
const isSameBucket = (last: Sample, now: SizedBucket): boolean =>
  last.ownerId === now.ownerId &&
  last.epoch === now.epoch &&
  (now.createdAt === null || last.createdAt?.getTime() === now.createdAt.getTime())

/** Made anew under its old name, a bucket has another date or epoch, or an integral that begins again. */
const isSameGeneration = (last: Sample, now: Sample, toldAt: Date | null): boolean =>
  last.createdAt?.getTime() === now.createdAt?.getTime() &&
  last.epoch === now.epoch &&
  last.ownerId === now.ownerId &&
  now.byteHours >= (toldAt ? totalAt(last, toldAt) : last.byteHours)

const staysAs = (last: Sample, now: Sample): boolean =>
  last.bytes === now.bytes && totalAt(last, now.sampledAt) === now.byteHours

const grownSince = (before: Before, silence: Untold | undefined, last: Sample | undefined, now: Sample): bigint => {
  if (before.lastRunAt === null) return now.byteHours
  if (last) return now.byteHours - totalAt(last, silence?.since ?? before.lastRunAt)
  return countsWhole(before, silence, now) ? now.byteHours : 0n
}

/** Of a bucket that was not known at the last run all counts if it was made since; else only what comes from now on. */
const countsWhole = (
  { firstRunAt, lastRunAt }: Before,
  silence: Untold | undefined,
  { createdAt }: Sample,
): boolean => {
  if (createdAt === null) return false
  const earliest = (silence ? firstRunAt : lastRunAt)?.getTime() ?? 0
  return createdAt >= (silence?.since ?? NEVER) && createdAt.getTime() >= earliest - HOUR_MS
}

const NEVER = new Date(0)

const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)
