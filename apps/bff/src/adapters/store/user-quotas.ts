import { settingOf } from './setting.ts'
import type { Store } from './store.ts'

/** The number that the gateway told, in whatever unit it has, by a reading that was begun at `readAt`. */
export type ToldQuota = { told: bigint; readAt: Date }
export type QuotaOfUser = readonly [userId: string, quota: ToldQuota]

const ROWS = 200

const parts = function* <T>(all: readonly T[]) {
  for (let start = 0; start < all.length; start += ROWS) yield all.slice(start, start + ROWS)
}

/** What the gateway last told of each user's quota, which it tells one user at a time. */
export const userQuotasOf = ({ db }: Pick<Store, 'db'>, clusterId: string, endpoint: string) => {
  const doubtOf = (of: 'user' | 'bucket') =>
    of === 'user' ? `quotas-doubted/${clusterId}` : `quotas-doubted/${clusterId}/bucket`
  return {
    /** In place of what was read of these users before; what was read later stays. */
    async save(quotas: readonly QuotaOfUser[], savedAt: Date): Promise<void> {
      for (const some of parts(quotas)) {
        const rows = some.map(([userId, { told, readAt }]) => ({
          cluster_id: clusterId,
          endpoint,
          user_id: userId,
          told,
          read_at: readAt,
          saved_at: savedAt,
        }))
        await db
          .insertInto('user_quotas')
          .values(rows)
          .onConflict((of) =>
            of
              .columns(['cluster_id', 'endpoint', 'user_id'])
              .doUpdateSet((row) => ({
                told: row.ref('excluded.told'),
                read_at: row.ref('excluded.read_at'),
                saved_at: row.ref('excluded.saved_at'),
              }))
              .whereRef('user_quotas.read_at', '<', 'excluded.read_at'),
          )
          .execute()
      }
    },

    /** What was saved at this time or later, by whichever process. */
    async savedSince(time: Date): Promise<[userId: string, quota: ToldQuota & { savedAt: Date }][]> {
      const rows = await db
        .selectFrom('user_quotas')
        .select(['user_id', 'told', 'read_at', 'saved_at'])
        .where('cluster_id', '=', clusterId)
        .where('endpoint', '=', endpoint)
        .where('saved_at', '>=', time)
        .execute()
      return rows.map(({ user_id, told, read_at, saved_at }) => [user_id, { told, readAt: read_at, savedAt: saved_at }])
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

    /** What was read until then of users, or of the quota of every bucket, may be otherwise now. */
    async doubt(of: 'user' | 'bucket', at: Date): Promise<void> {
      const value = at.toISOString()
      await db
        .insertInto('settings')
        .values({ name: doubtOf(of), value })
        // Times of this form sort as text.
        .onConflict((on) => on.column('name').doUpdateSet({ value }).where('settings.value', '<', value))
        .execute()
    },

    async doubtedAt(of: 'user' | 'bucket'): Promise<Date | null> {
      const at = await settingOf(db, doubtOf(of))
      return at === null ? null : new Date(at)
    },
  }
}

export type UserQuotas = ReturnType<typeof userQuotasOf>
