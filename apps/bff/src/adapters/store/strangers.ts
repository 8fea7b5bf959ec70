import { type RawBuilder, sql } from 'kysely'
import { joined } from './intervals.ts'
import { listed } from './listed.ts'
import type { Store } from './store.ts'
import { changedOf } from './usage-changes.ts'
import { within } from './usage-pieces.ts'
import { DAY_MS, monthsOf } from './usage-tiles.ts'

export type Strangers = ReturnType<typeof strangersOf>

/** Names of buckets live longer than the buckets: somebody else's history may lie under the name of today's. */
export const strangersOf = ({ snapshot }: Pick<Store, 'snapshot'>) => ({
  /** Of these names, those under which the store has traffic or sizes of anybody but these users. */
  async among(cluster: string, buckets: ReadonlySet<string>, userIds: ReadonlySet<string>): Promise<Set<string>> {
    if (buckets.size === 0) return new Set()
    const rows = await snapshot(async (tx) => {
      const changed = await changedOf(tx, cluster)
      const foreign = (table: string, times: RawBuilder<unknown>) => sql`
        select distinct bucket from ${sql.table(table)}
        where cluster_id = ${cluster} and ${times} and bucket in ${listed(buckets)} and user_id not in ${listed(userIds)}`
      const found = await sql<{ bucket: string }>`
        ${foreign('usage_bucket_months', sql`true`)}
        union ${foreign('usage_bucket_days', within(sql`starts_at`, monthsOf([...changed.days, ...changed.months])))}
        union ${foreign('usage_rows', within(sql`started_at`, joined(changed.days, DAY_MS)))}
        union
        select distinct id as bucket from storage_samples where cluster_id = ${cluster} and kind = 'bucket'
          and id in ${listed(buckets)} and owner_id not in ${listed(userIds)}`.execute(tx)
      return found.rows
    })
    return new Set(rows.map(({ bucket }) => bucket))
  },
})
