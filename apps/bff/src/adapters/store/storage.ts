import { sql, type Transaction } from 'kysely'
import { createTurns } from '../../turns.ts'
import { appendRows } from './append-rows.ts'
import type { Schema } from './schema.ts'
import { bringBack } from './storage-returns.ts'
import { partsOf, rowOf, type SampleRow, sampleOf } from './storage-rows.ts'
import { keyOf, runOf, type Sample, type SizedBucket } from './storage-run.ts'
import type { Store } from './store.ts'
import { beginSilences, endSilences, type Silence, silencesOf, untoldNow } from './untold-sizes.ts'

export type StorageSubject = { kind: Sample['kind']; id: string }

/** A sample as it is kept; `isEnd`: the subject was not there any more. */
export type KeptSample = Sample & { isEnd: boolean }

export type StorageHistory = {
  /** Those in the range, and the last one before it; in order. */
  samples: KeptSample[]
  /** The hours of the range at which all sizes were sampled; in order. */
  runs: Date[]
  /** When sizes of the subject were not told, by their beginning. */
  silences: Silence[]
  firstRunAt: Date | null
  lastRunAt: Date | null
}

export type StorageStore = ReturnType<typeof storageOf>

/** How much was stored, hour by hour. */
export const storageOf = (store: Store) => ({
  async lastRun(cluster: string): Promise<Date | null> {
    const { last } = await boundsOf(store.db, cluster)
    return last
  },

  /** All buckets at one hour; nothing, where it or a later one is known already. */
  record: (cluster: string, at: Date, buckets: readonly SizedBucket[]): Promise<void> =>
    store.transaction(async (tx) => {
      const { last } = await boundsOf(tx, cluster)
      if (last && last >= at) return
      const known = await currentOf(tx, cluster)
      const untold = await untoldNow(tx, cluster)
      if (last) await bringBack(tx, cluster, buckets, { known, untold })
      const run = await runOf(at, { lastRunAt: last, known, untold }, buckets)
      const { samples, ended, fellSilent, heard } = run
      for (const some of partsOf(heard)) await endSilences(tx, cluster, at, some)
      for (const some of partsOf(fellSilent)) await beginSilences(tx, cluster, some)
      for (const some of partsOf(ended)) await append(tx, cluster, some.map(endedAt(at)), true)
      for (const some of partsOf(samples)) await append(tx, cluster, some, false)
      await replaceCurrent(tx, cluster, at)
      const counts = { buckets: BigInt(run.buckets), users: BigInt(run.owners) }
      await tx
        .insertInto('storage_runs')
        .values({ cluster_id: cluster, sampled_at: at, ...counts })
        .execute()
    }),

  history: (cluster: string, { kind, id }: StorageSubject, from: Date, to: Date): Promise<StorageHistory> =>
    store.snapshot(async (db) => {
      const { rows } = await sql<SampleRow & { is_end: boolean }>`
        select kind, id, created_at, epoch, owner_id, sampled_at, bytes, byte_hours, is_end from storage_samples
        where cluster_id = ${cluster} and kind = ${kind} and id = ${id} and sampled_at <= ${to}
          and sampled_at >= coalesce((select max(sampled_at) from storage_samples
            where cluster_id = ${cluster} and kind = ${kind} and id = ${id} and sampled_at <= ${from}), ${from})
        order by sampled_at, is_end desc`.execute(db)
      const { rows: runs } = await sql<{ sampled_at: Date }>`
        select sampled_at from storage_runs
        where cluster_id = ${cluster} and sampled_at >= ${from} and sampled_at <= ${to}
        order by sampled_at`.execute(db)
      const { first, last } = await boundsOf(db, cluster)
      return {
        samples: rows.map((row) => ({ ...sampleOf(row), isEnd: row.is_end })),
        runs: runs.map(({ sampled_at }) => sampled_at),
        silences: await silencesOf(db, cluster, { kind, id }, { from, to }),
        firstRunAt: first,
        lastRunAt: last,
      }
    }),
})

const boundsOf = async (db: Store['db'], cluster: string) => {
  const { rows } = await sql<Record<'first' | 'last', Date | null>>`
    select min(sampled_at) as first, max(sampled_at) as last from storage_runs where cluster_id = ${cluster}`.execute(
    db,
  )
  return { first: rows[0]?.first ?? null, last: rows[0]?.last ?? null }
}

const endedAt =
  (at: Date) =>
  (sample: Sample): Sample => ({ ...sample, sampledAt: at, bytes: 0n })

const append = (tx: Transaction<Schema>, cluster: string, samples: readonly Sample[], is_end: boolean): Promise<void> =>
  appendRows(
    tx,
    'storage_samples',
    samples.map((sample) => ({ ...rowOf(cluster, sample), is_end })),
  )

const currentOf = async (tx: Transaction<Schema>, cluster: string): Promise<Map<string, Sample>> => {
  const rows = await tx.selectFrom('storage_current').selectAll().where('cluster_id', '=', cluster).execute()
  const known = new Map<string, Sample>()
  const turn = createTurns()
  for (const some of partsOf(rows)) {
    for (const row of some) known.set(keyOf(row), sampleOf(row))
    await turn()
  }
  return known
}

/** What was just sampled takes the place of what was known of the same subjects. */
const replaceCurrent = async (tx: Transaction<Schema>, cluster: string, at: Date): Promise<void> => {
  // With every kind named, PostgreSQL finds the hour by the index of samples by time and reads no other.
  const sampled = sql`from storage_samples
    where cluster_id = ${cluster} and kind in ('bucket', 'user', 'cluster') and sampled_at = ${at}`
  await sql`delete from storage_current where cluster_id = ${cluster}
    and (kind, id) in (select kind, id ${sampled})`.execute(tx)
  await sql`
    insert into storage_current
      (cluster_id, kind, id, created_at, epoch, owner_id, sampled_at, bytes, byte_hours)
    select cluster_id, kind, id, created_at, epoch, owner_id, sampled_at, bytes, byte_hours ${sampled}
      and not is_end`.execute(tx)
}
