import { sql, type Transaction } from 'kysely'
import { createTurns } from '../../turns.ts'
import { appendRows } from './append-rows.ts'
import type { Schema } from './schema.ts'
import { partsOf, rowOf, type SampleRow, sampleOf } from './storage-rows.ts'
import {
  isSameBucket,
  isSameGeneration,
  keyOf,
  type Sample,
  type SizedBucket,
  totalAt,
  type Untold,
} from './storage-run.ts'
import { beginSilences } from './untold-sizes.ts'

/** A bucket that a list lacked, as it was known last; its size was told last at `since`. */
type Lacked = { sample: Sample; since: Date; endedAt: Date }
type Known = { known: Map<string, Sample>; untold: Map<string, Untold> }

/**
 * A bucket that a list lacked and a later one has was there all the time: its end is taken back, and its size is one that
 * was not told meanwhile. Where nobody can say whether it is the same bucket, only what is not known is kept.
 */
export const bringBack = async (
  tx: Transaction<Schema>,
  cluster: string,
  buckets: readonly SizedBucket[],
  { known, untold }: Known,
): Promise<void> => {
  const listed = new Map<string, SizedBucket>()
  const turn = createTurns()
  for (const some of partsOf(buckets)) {
    for (const bucket of some)
      if (!untold.has(bucket.name) && !known.has(keyOf({ kind: 'bucket', id: bucket.name })))
        listed.set(bucket.name, bucket)
    await turn()
  }
  for (const names of partsOf([...listed.keys()])) {
    const returned = (await lackedOf(tx, cluster, names)).filter((each) => mayBe(each, listed.get(each.sample.id)))
    const same = returned.filter((each) => isSurely(each, listed.get(each.sample.id)))
    const silences = returned.map(({ sample: { id, ownerId }, since }) => ({ bucket: id, ownerId, since }))
    await beginSilences(tx, cluster, silences)
    await takeBackEnds(tx, cluster, same)
    for (const silence of silences) untold.set(silence.bucket, silence)
    for (const { sample } of same) known.set(keyOf(sample), sample)
  }
}

const mayBe = ({ sample, since }: Lacked, now: SizedBucket | undefined): boolean =>
  now !== undefined && isSameBucket(sample, now) && (now.byteHours === null || now.byteHours >= totalAt(sample, since))

const isSurely = ({ sample, since }: Lacked, now: SizedBucket | undefined): boolean =>
  sample.createdAt !== null &&
  now !== undefined &&
  (now.byteHours === null || isSameGeneration(sample, { ...now, byteHours: now.byteHours }, since))

/** Of names of which none is known now. */
const lackedOf = async (tx: Transaction<Schema>, cluster: string, names: readonly string[]): Promise<Lacked[]> => {
  const ofBuckets = sql`s.cluster_id = ${cluster} and s.kind = 'bucket'`
  const { rows } = await sql<SampleRow & { since: Date; ended_at: Date }>`
    with ends as (
      select s.id, max(s.sampled_at) as ended_at from storage_samples as s
      where ${ofBuckets} and s.is_end and s.id = any(${names.map((name) => name.replaceAll('\0', '\uFFFD'))}::text[])
      group by s.id
    )
    select distinct on (s.id) s.*, ends.ended_at, coalesce(
      (select min(u.since) from untold_sizes as u
        where u.cluster_id = ${cluster} and u.bucket = s.id and u.owner_id = s.owner_id and u.until = ends.ended_at),
      (select max(r.sampled_at) from storage_runs as r
        where r.cluster_id = ${cluster} and r.sampled_at < ends.ended_at), s.sampled_at) as since
    from ends join storage_samples as s on ${ofBuckets} and s.id = ends.id and not s.is_end
      and s.sampled_at < ends.ended_at
    order by s.id, s.sampled_at desc`.execute(tx)
  return rows.map((row) => ({ sample: sampleOf(row), since: row.since, endedAt: row.ended_at }))
}

const takeBackEnds = async (tx: Transaction<Schema>, cluster: string, same: readonly Lacked[]): Promise<void> => {
  if (same.length === 0) return
  const ends = sql`(select unnest(${same.map(({ sample }) => sample.id)}::text[]),
    unnest(${same.map(({ endedAt }) => endedAt)}::timestamptz[]))`
  await sql`delete from storage_samples
    where cluster_id = ${cluster} and kind = 'bucket' and is_end and (id, sampled_at) in ${ends}`.execute(tx)
  // What was taken for lost is told now, or goes on not to be told.
  await sql`delete from untold_sizes where cluster_id = ${cluster} and (bucket, until) in ${ends}`.execute(tx)
  await appendRows(
    tx,
    'storage_current',
    same.map(({ sample }) => rowOf(cluster, sample)),
  )
}
