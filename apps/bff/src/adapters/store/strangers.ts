import { sql } from 'kysely'
import { listed } from './listed.ts'
import type { Store } from './store.ts'

export type Strangers = ReturnType<typeof strangersOf>

/** Names of buckets live longer than the buckets: somebody else's history may lie under the name of today's. */
export const strangersOf = ({ db }: Pick<Store, 'db'>) => ({
  /** Of these names, those under which the store has traffic or sizes of anybody but these users. */
  async among(cluster: string, buckets: ReadonlySet<string>, userIds: ReadonlySet<string>): Promise<Set<string>> {
    if (buckets.size === 0) return new Set()
    const { rows } = await sql<{ bucket: string }>`
      select distinct bucket from usage_bucket_months
      where cluster_id = ${cluster} and bucket in ${listed(buckets)} and user_id not in ${listed(userIds)}
      union
      select distinct id as bucket from storage_samples
      where cluster_id = ${cluster} and kind = 'bucket' and id in ${listed(buckets)} and owner_id not in ${listed(userIds)}
    `.execute(db)
    return new Set(rows.map(({ bucket }) => bucket))
  },
})
