import type { Store } from './store.ts'

/** As the gateway told it at `readAt`; `size` is in its "GB", and 0 is unlimited. */
export type KnownQuota = { size: number; isUnitKnown: boolean; bytesPerGb: bigint | null; readAt: Date }

/** Another object after a change, so that what was made of it can be kept beside it. */
export type QuotasByUser = { byUser: ReadonlyMap<string, KnownQuota> }

const ROWS = 200

const parts = function* <T>(all: readonly T[]) {
  for (let start = 0; start < all.length; start += ROWS) yield all.slice(start, start + ROWS)
}

/** What the gateway last told of each user's quota, which it tells one user at a time. */
export const userQuotasOf = ({ db }: Pick<Store, 'db'>, clusterId: string, endpoint: string) => ({
  /** In place of what was known of these users before. */
  async save(quotas: readonly (readonly [userId: string, quota: KnownQuota])[]): Promise<void> {
    for (const some of parts(quotas)) {
      await db
        .insertInto('user_quotas')
        .values(
          some.map(([userId, { size, isUnitKnown, bytesPerGb, readAt }]) => ({
            cluster_id: clusterId,
            endpoint,
            user_id: userId,
            size,
            is_unit_known: isUnitKnown,
            bytes_per_gb: bytesPerGb,
            read_at: readAt,
          })),
        )
        .onConflict((of) =>
          of.columns(['cluster_id', 'endpoint', 'user_id']).doUpdateSet((row) => ({
            size: row.ref('excluded.size'),
            is_unit_known: row.ref('excluded.is_unit_known'),
            bytes_per_gb: row.ref('excluded.bytes_per_gb'),
            read_at: row.ref('excluded.read_at'),
          })),
        )
        .execute()
    }
  },

  /** What was read at this time or later, by whichever process. */
  async since(time: Date): Promise<[userId: string, quota: KnownQuota][]> {
    const rows = await db
      .selectFrom('user_quotas')
      .select(['user_id', 'size', 'is_unit_known', 'bytes_per_gb', 'read_at'])
      .where('cluster_id', '=', clusterId)
      .where('endpoint', '=', endpoint)
      .where('read_at', '>=', time)
      .execute()
    return rows.map(({ user_id, size, is_unit_known, bytes_per_gb, read_at }) => [
      user_id,
      { size, isUnitKnown: is_unit_known, bytesPerGb: bytes_per_gb, readAt: read_at },
    ])
  },

  /** What was read until then may be otherwise now. */
  async doubt(at: Date): Promise<void> {
    const value = at.toISOString()
    await db
      .insertInto('settings')
      .values({ name: `quotas-doubted/${clusterId}`, value })
      .onConflict((of) => of.column('name').doUpdateSet({ value }))
      .execute()
  },

  async doubtedAt(): Promise<Date | null> {
    const row = await db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', `quotas-doubted/${clusterId}`)
      .executeTakeFirst()
    return row ? new Date(row.value) : null
  },

  async forget(userIds: readonly string[]): Promise<void> {
    for (const some of parts(userIds)) {
      await db
        .deleteFrom('user_quotas')
        .where('cluster_id', '=', clusterId)
        .where('endpoint', '=', endpoint)
        .where('user_id', 'in', some)
        .execute()
    }
  },
})

export type UserQuotas = ReturnType<typeof userQuotasOf>
