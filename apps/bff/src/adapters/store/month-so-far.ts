import { type Kysely, sql } from 'kysely'
import { grownBetween, sampledIn } from './byte-hours.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { usageOf } from './usage.ts'

/** What is known of a user in a range; `null` is what is not. */
export type SoFar = { byteHours: bigint | null; downloadedBytes: bigint | null; operations: bigint | null }

type Range = { from: Date; to: Date }

/** Up to where traffic is complete, gaps left aside, and to which hour sizes were sampled; `null` where neither is known. */
type Known = { figures: Map<string, SoFar>; trafficUntil: Date | null; sizesUntil: Date | null }

export type MonthSoFar = ReturnType<typeof monthSoFarOf>

/** The figures of some users of a cluster over a range of at most 31 days that begins a day of UTC. */
export const monthSoFarOf =
  (store: Pick<Store, 'db' | 'snapshot'>) =>
  async (cluster: string, ids: string[], range: Range): Promise<Known> => {
    if (ids.length === 0) return { figures: new Map(), trafficUntil: null, sizesUntil: null }
    const steps = { stepSeconds: 31 * 86_400, originSeconds: range.from.getTime() / 1000 }
    const { counts, isCounted, trafficUntil } = await usageOf(store).reading(cluster, range, async (reading) => ({
      counts: new Map((await reading.each(steps, { by: 'user', ids })).map((row) => [row.id, row])),
      isCounted: reading.standing.services.some(({ stored }) => stored > 0),
      trafficUntil: reading.standing.completeUntil,
    }))
    const span = await sampledIn(store.db, cluster, range)
    const sizes = span && (await byteHours(store.db, cluster, ids, span))
    const figures = new Map(
      ids.map((id) => {
        const { downloadedBytes = 0n, putOps = 0n, getOps = 0n, listOps = 0n, otherOps = 0n } = counts.get(id) ?? {}
        const traffic = { downloadedBytes, operations: putOps + getOps + listOps + otherOps }
        const known = isCounted ? traffic : { downloadedBytes: null, operations: null }
        return [id, { byteHours: sizes?.has(id) === false ? 0n : (sizes?.get(id) ?? null), ...known }]
      }),
    )
    return { figures, trafficUntil, sizesUntil: span?.to ?? null }
  }

/** Between two hours at which sizes were sampled; `null` for a user of whom only the least is known. */
const byteHours = async (db: Kysely<Schema>, cluster: string, ids: string[], span: Range) => {
  const { rows } = await sql<{ user_id: string; byte_hours: bigint | string | null }>`
    select user_id, case when not is_partial then byte_hours end as byte_hours
    from (${grownBetween(cluster, span, ids)}) as grown`.execute(db)
  return new Map(rows.map(({ user_id, byte_hours }) => [user_id, byte_hours === null ? null : BigInt(byte_hours)]))
}
