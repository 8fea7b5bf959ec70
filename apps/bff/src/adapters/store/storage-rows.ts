import type { Schema } from './schema.ts'
import type { Sample } from './storage-run.ts'

export type SampleRow = Omit<Schema['storage_samples'], 'cluster_id' | 'is_end'>

export const sampleOf = (row: SampleRow): Sample => ({
  kind: row.kind,
  id: row.id,
  createdAt: row.created_at,
  epoch: row.epoch,
  ownerId: row.owner_id,
  sampledAt: row.sampled_at,
  bytes: row.bytes,
  byteHours: row.byte_hours,
})

export const rowOf = (cluster: string, sample: Sample) => ({
  cluster_id: cluster,
  kind: sample.kind,
  id: sample.id.replaceAll('\0', '\uFFFD'),
  created_at: sample.createdAt,
  epoch: sample.epoch,
  owner_id: sample.ownerId,
  sampled_at: sample.sampledAt,
  bytes: sample.bytes,
  byte_hours: sample.byteHours,
})

/** Rows that are worked at in one go, so that requests are served between. */
const AT_ONCE = 10_000

export const partsOf = function* <T>(list: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += AT_ONCE) yield list.slice(from, from + AT_ONCE)
}
