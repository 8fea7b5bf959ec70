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
 * buckets are gone through in steps, so that requests are served meanwhile. `null`: it does not tell a size that was known.
 */
export const runOf = async (
  at: Date,
  lastRunAt: Date | null,
  known: ReadonlyMap<string, Sample>,
  buckets: readonly SizedBucket[],
): Promise<Run | null> => {
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
  for (const [index, { name: id, ownerId, createdAt, epoch, storedBytes: bytes, byteHours }] of buckets.entries()) {
    if (index % AT_ONCE === 0) await turn()
    owners.add(ownerId)
    const key = keyOf({ kind: 'bucket', id })
    const before = known.get(key)
    // A size that the gateway does not tell is not known, which is no size of 0, and no end of the bucket either.
    if (bytes === null || byteHours === null) {
      if (before) return null
      continue
    }
    const now: Sample = { kind: 'bucket', id, createdAt, epoch, ownerId, sampledAt: at, bytes, byteHours }
    const isSame = before !== undefined && isSameGeneration(before, now, lastRunAt)
    seen.add(key)
    if (before && !isSame) ended.push(before)
    if (!isSame || !staysAs(before, now)) samples.push(now)
    const grown = grownSince(lastRunAt, isSame ? before : undefined, now)
    add('user', ownerId, bytes, grown)
    add('cluster', '', bytes, grown)
  }
  let looked = 0
  for (const [key, before] of known) {
    looked += 1
    if (looked % AT_ONCE === 0) await turn()
    if (before.kind !== 'bucket') add(before.kind, before.id, 0n, 0n)
    else if (!seen.has(key)) ended.push(before)
  }
  for (const [key, { bytes, grown }] of groups) {
    const [kind, id] = [key.startsWith('user') ? 'user' : 'cluster', key.slice(key.indexOf(' ') + 1)] as const
    const before = known.get(key)
    const total = before && lastRunAt ? totalAt(before, lastRunAt) : 0n
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
    if (!before || !staysAs(before, now)) samples.push(now)
  }
  return { samples, ended, owners: owners.size }
}

/** Made anew under its old name, a bucket has another date or epoch, or an integral that begins again. */
const isSameGeneration = (before: Sample, now: Sample, lastRunAt: Date | null): boolean =>
  before.createdAt?.getTime() === now.createdAt?.getTime() &&
  before.epoch === now.epoch &&
  before.ownerId === now.ownerId &&
  now.byteHours >= (lastRunAt ? totalAt(before, lastRunAt) : before.byteHours)

const staysAs = (before: Sample, now: Sample): boolean =>
  before.bytes === now.bytes && totalAt(before, now.sampledAt) === now.byteHours

/** Of a bucket that was not known at the last run all counts if it was made since; else only what comes from now on. */
const grownSince = (lastRunAt: Date | null, before: Sample | undefined, now: Sample): bigint => {
  if (lastRunAt === null) return now.byteHours
  if (before) return now.byteHours - totalAt(before, lastRunAt)
  return now.createdAt !== null && now.createdAt.getTime() >= lastRunAt.getTime() - HOUR_MS ? now.byteHours : 0n
}
