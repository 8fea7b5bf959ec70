import type { Backup, Recount } from '@ostor-console/shared/collector'
import { type RawBuilder, sql } from 'kysely'
import type { Store } from './store.ts'

export type Safekeeping = ReturnType<typeof safekeepingOf>

/** These very bytes were seen, as final, in a backup that was read back: no clock has a say in it. */
const BACKED_UP: RawBuilder<boolean> = sql`exists (select 1 from statistics_backups as b
  where b.object_no = o.object_no and b.sha256 = o.sha256)`
const SAFE = sql`o.state = 'closed' and o.item_count is not null and ${BACKED_UP}`
const ENDED = sql`o.started_at + greatest(o.nominal_s, o.period_s) * interval '1 second'`

/** What has to be known before anything may be deleted at the gateway. */
export const safekeepingOf = (store: Store) => {
  const safe = async (cluster: string, further: RawBuilder<unknown>, limit: number): Promise<string[]> => {
    const { rows } = await sql<{ name: string }>`
      select o.name from statistics_objects as o where o.cluster_id = ${cluster} and ${SAFE} and ${further}
      order by o.started_at, o.name limit ${sql.lit(limit)}`.execute(store.db)
    return rows.map(({ name }) => name)
  }

  return {
    /** Objects at the gateway that are closed, committed and in a verified backup. */
    async safeToDelete(cluster: string): Promise<number> {
      const { rows } = await sql<{ n: bigint }>`
        select count(*) as n from statistics_objects as o where o.cluster_id = ${cluster} and ${SAFE}`.execute(store.db)
      return Number(rows[0]?.n ?? 0n)
    },

    isBackedUp: async (cluster: string, name: string): Promise<boolean> =>
      (await safe(cluster, sql`o.name = ${name}`, 1)).length > 0,

    /** Those that ended before an instant and were read twice without a change, oldest first. */
    deletable: (cluster: string, before: Date, limit: number): Promise<string[]> =>
      safe(cluster, sql`${ENDED} < ${before} and o.unchanged_since < o.read_at`, limit),

    /** The same, but read only once so far. */
    readOnce: (cluster: string, before: Date, limit: number): Promise<string[]> =>
      safe(cluster, sql`${ENDED} < ${before} and o.unchanged_since >= o.read_at`, limit),

    /** Before it is sent: when the answer, or this process, is lost, what is gone then is known as our doing. */
    async intendDeletion(cluster: string, name: string, at: Date): Promise<void> {
      await sql`insert into gateway_deletions (cluster_id, name, deleted_at)
        select ${cluster}, ${name}, ${at}::timestamptz where not exists (
          select 1 from gateway_deletions where cluster_id = ${cluster} and name = ${name})`.execute(store.db)
    },

    async deletedSoFar(cluster: string): Promise<number> {
      const { rows } = await sql<{ n: bigint }>`
        select count(*) as n from gateway_deletions as d
        join statistics_objects as o on o.cluster_id = d.cluster_id and o.name = d.name
        where d.cluster_id = ${cluster} and o.state = 'gone'`.execute(store.db)
      return Number(rows[0]?.n ?? 0n)
    },

    /** The newest that was read back, and when a later one failed. Of one that failed nothing else is known. */
    async lastBackup(): Promise<{ backup: Backup | null; backupFailedAt: string | null }> {
      const [good, failed] = [await newestBackup(store, 'is not'), await newestBackup(store, 'is')]
      const isLater = failed && (!good || failed.taken_at > good.taken_at)
      return {
        backup: good?.verified_at
          ? {
              takenAt: good.taken_at.toISOString(),
              verifiedAt: good.verified_at.toISOString(),
              rows: Number(good.row_count),
              bytes: Number(good.byte_count),
            }
          : null,
        backupFailedAt: isLater ? failed.taken_at.toISOString() : null,
      }
    },

    /** Of the days whose sums differed when each was last counted again, the one counted last; else the one of all. */
    async lastRecount(cluster: string): Promise<Recount | null> {
      const lastOfEach = store.db
        .selectFrom('recounts')
        .distinctOn('day')
        .selectAll()
        .where('cluster_id', '=', cluster)
        .orderBy('day')
        .orderBy('counted_at', 'desc')
      const row = await store.db
        .selectFrom(lastOfEach.as('last'))
        .selectAll()
        .orderBy(sql`differences > 0`, 'desc')
        .orderBy('counted_at', 'desc')
        .limit(sql.lit(1))
        .executeTakeFirst()
      if (!row) return null
      return {
        day: row.day.toISOString(),
        at: row.counted_at.toISOString(),
        objects: Number(row.objects),
        objectsWithoutBody: Number(row.objects_without_body),
        differences: Number(row.differences),
        detail: row.detail,
      }
    },
  }
}

const newestBackup = ({ db }: Store, verified: 'is' | 'is not') =>
  db
    .selectFrom('backups')
    .selectAll()
    .where('verified_at', verified, null)
    .orderBy('taken_at', 'desc')
    .limit(sql.lit(1))
    .executeTakeFirst()
