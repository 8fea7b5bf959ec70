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
  /** How many buckets were listed, and how many users have any of them. */
  buckets: number
  owners: number
  /** Buckets whose size is not told any more, or never was. */
  fellSilent: Untold[]
  /** Buckets whose silence is over. */
  heard: Heard[]
}

/** A bucket that is there, and whose size is not told since an hour at which it was, or at which there was no such bucket. */
export type Untold = { bucket: string; ownerId: string; since: Date }

/**
 * A bucket whose size is told again, or which is gone. `caughtUp`: the byte-hours that come into the totals by it.
 * `isLost`: nobody learns what was stored meanwhile, or not of all of it.
 */
export type Heard = { bucket: string; caughtUp: bigint; isLost: boolean }

/** What is known when a list comes. */
export type Before = {
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
  const isNew = isNewSince(lastRunAt)
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
    const key = keyOf({ kind: 'bucket', id })
    // A list is a set.
    if (seen.has(key)) continue
    seen.add(key)
    owners.add(ownerId)
    const last = known.get(key)
    const silence = untold.get(id)
    const ownSilence = silence?.ownerId === ownerId ? silence : undefined
    // A size that the gateway does not tell is not known, which is no size of 0, and no end of the bucket either.
    if (bytes === null || byteHours === null) {
      const isOther = last !== undefined && !isSameBucket(last, bucket)
      if (isOther) ended.push(last)
      if (ownSilence && !isOther) continue
      if (silence) heard.push({ bucket: id, caughtUp: 0n, isLost: true })
      const lastAt = lastRunAt ?? new Date(at.getTime() - HOUR_MS)
      const isMade = (last === undefined || isOther) && createdAt !== null && isNew(createdAt)
      fellSilent.push({ bucket: id, ownerId, since: isMade ? hourOf(createdAt) : lastAt })
      continue
    }
    const now: Sample = { kind: 'bucket', id, createdAt, epoch, ownerId, sampledAt: at, bytes, byteHours }
    const toldAt = ownSilence?.since ?? lastRunAt
    const isSameLife = last !== undefined && isSameGeneration(last, now, toldAt)
    const isSame = isSameLife && last.ownerId === ownerId
    if (last && !isSame) ended.push(last)
    if (!isSame || !staysAs(last, now)) samples.push(now)
    // Of a bucket that was not known when its size was told last, all counts if it was made since; else what comes from now on.
    const isMadeSince =
      createdAt !== null && !isSameLife && (silence && toldAt ? createdAt >= toldAt : isNew(createdAt))
    const whole = isMadeSince || lastRunAt === null ? byteHours : 0n
    const grown = isSame && toldAt ? byteHours - totalAt(last, toldAt) : whole
    if (silence) {
      const isLost = !ownSilence || !(isSame || (isMadeSince && hourOf(createdAt) <= ownSilence.since && !last))
      heard.push({ bucket: id, caughtUp: ownSilence ? grown : 0n, isLost })
    }
    add('user', ownerId, bytes, grown)
    add('cluster', '', bytes, grown)
  }
  for (const bucket of untold.keys())
    if (!seen.has(keyOf({ kind: 'bucket', id: bucket }))) heard.push({ bucket, caughtUp: 0n, isLost: true })
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
  return { samples, ended, buckets: seen.size, owners: owners.size, fellSilent, heard }
}

/** As far as a list that tells no size tells who a bucket is. */
export const isSameBucket = (last: Sample, { ownerId, epoch, createdAt }: SizedBucket): boolean =>
  last.ownerId === ownerId &&
  (epoch === null || last.epoch === epoch) &&
  (createdAt === null || last.createdAt === null || last.createdAt.getTime() === createdAt.getTime())

/** Made anew under its old name, a bucket has another date or epoch, or an integral that begins again. */
export const isSameGeneration = (
  last: Sample,
  now: Pick<Sample, 'createdAt' | 'epoch' | 'byteHours'>,
  toldAt: Date | null,
): boolean =>
  last.createdAt?.getTime() === now.createdAt?.getTime() &&
  last.epoch === now.epoch &&
  now.byteHours >= (toldAt ? totalAt(last, toldAt) : last.byteHours)

const staysAs = (last: Sample, now: Sample): boolean =>
  last.bytes === now.bytes && totalAt(last, now.sampledAt) === now.byteHours

/** The gateway's integrals count whole hours: a bucket made in the hour of the last run may not have been listed by it. */
const isNewSince = (lastRunAt: Date | null) => (createdAt: Date) =>
  lastRunAt === null || createdAt.getTime() >= lastRunAt.getTime() - HOUR_MS

const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)
