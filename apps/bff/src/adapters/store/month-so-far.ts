import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { usageOf } from './usage.ts'

/** What is known of a user in a range; `null` is what is not. */
export type SoFar = { byteHours: bigint | null; downloadedBytes: bigint | null; operations: bigint | null }

type Range = { from: Date; to: Date }

export type MonthSoFar = ReturnType<typeof monthSoFarOf>

/** The figures of some users of a cluster over a range of at most 31 days that begins a day of UTC. */
export const monthSoFarOf =
  (store: Pick<Store, 'db' | 'snapshot'>) =>
  async (cluster: string, ids: string[], range: Range): Promise<Map<string, SoFar>> => {
    if (ids.length === 0) return new Map()
    const steps = { stepSeconds: 31 * 86_400, originSeconds: range.from.getTime() / 1000 }
    const { counts, isCounted } = await usageOf(store).reading(cluster, range, async (reading) => ({
      counts: new Map((await reading.each(steps, { by: 'user', ids })).map((row) => [row.id, row])),
      isCounted: reading.standing.services.some(({ stored }) => stored > 0),
    }))
    const sizes = await byteHours(store.db, cluster, ids, range)
    return new Map(
      ids.map((id) => {
        const { downloadedBytes = 0n, putOps = 0n, getOps = 0n, listOps = 0n, otherOps = 0n } = counts.get(id) ?? {}
        const traffic = { downloadedBytes, operations: putOps + getOps + listOps + otherOps }
        const known = isCounted ? traffic : { downloadedBytes: null, operations: null }
        return [id, { byteHours: sizes === null ? null : (sizes.get(id) ?? 0n), ...known }]
      }),
    )
  }

/**
 * By how much the running totals grew between the first and the last hour of the range at which sizes were sampled; who
 * has no sample stored nothing. `null` without two such hours.
 */
const byteHours = async (db: Kysely<Schema>, cluster: string, ids: string[], { from, to }: Range) => {
  const { rows: runs } = await sql<Record<'first' | 'last', Date | null>>`
    select min(sampled_at) as first, max(sampled_at) as last from storage_runs
    where cluster_id = ${cluster} and sampled_at >= ${from} and sampled_at <= ${to}`.execute(db)
  const { first = null, last = null } = runs[0] ?? {}
  if (first === null || last === null || first.getTime() === last.getTime()) return null
  const totals = (at: Date) => sql`
    select distinct on (id) id, byte_hours + bytes
      * cast(round(extract(epoch from (cast(${at} as timestamptz) - sampled_at)) / 3600) as bigint) as total
    from storage_samples where cluster_id = ${cluster} and kind = 'user' and sampled_at <= ${at}
      and id = any(${ids}::text[]) order by id, sampled_at desc`
  const { rows } = await sql<{ id: string; grown: bigint | string }>`
    select late.id, late.total - coalesce(early.total, 0) as grown
    from (${totals(last)}) as late left join (${totals(first)}) as early on early.id = late.id`.execute(db)
  return new Map(rows.map(({ id, grown }) => [id, BigInt(grown)]))
}
