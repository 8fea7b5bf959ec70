import type { GatewayQuota } from '../../adapters/gateway/gateway.ts'
import type { KnownQuota, QuotasByUser, UserQuotas } from '../../adapters/store/user-quotas.ts'

/** So far may the clocks of processes that share a store lie apart, and their writes lie behind their readings. */
const OVERLAP_MS = 300_000

/** While one user after the other is read, a list is not sorted anew for each of them. */
const RENEW_MS = 2_000

export type KnownQuotas = ReturnType<typeof createKnownQuotas>

/** What is known of the quotas of users: in memory, and in the store for the next start and for other processes. */
export const createKnownQuotas = (kept: UserQuotas, elapsedMs = () => performance.now()) => {
  const byUser = new Map<string, KnownQuota>()
  let known: QuotasByUser = { byUser }
  let isChanged = false
  let renewedAt = Number.NEGATIVE_INFINITY
  let unsaved = new Map<string, KnownQuota>()
  let newest = OVERLAP_MS
  let doubtedAt = new Date(0)
  let isDoubtSaved = true

  /** A reading that was begun before the one that is known does not take its place. */
  const take = (userId: string, quota: KnownQuota): boolean => {
    const before = byUser.get(userId)
    if (before && before.readAt >= quota.readAt) return false
    byUser.set(userId, quota)
    isChanged = true
    return true
  }

  return {
    now(): QuotasByUser {
      if (isChanged && elapsedMs() - renewedAt >= RENEW_MS) {
        known = { byUser }
        isChanged = false
        renewedAt = elapsedMs()
      }
      return known
    },

    /** What a reading told that was begun at this time. */
    read(userId: string, { size, isUnitKnown, bytesPerGb }: GatewayQuota, readAt: Date): void {
      const quota = { size, isUnitKnown, bytesPerGb, readAt }
      if (take(userId, quota)) unsaved.set(userId, quota)
    },

    changedForAll(at: Date): void {
      doubtedAt = at
      isDoubtSaved = false
    },

    /** Whether it was read before the quota of every user was changed, which may be what it is. */
    isDoubted: ({ readAt }: KnownQuota): boolean => readAt <= doubtedAt,

    async save(): Promise<void> {
      if (!isDoubtSaved) {
        await kept.doubt(doubtedAt)
        isDoubtSaved = true
      }
      const some = unsaved
      unsaved = new Map()
      await kept.save([...some]).catch((error: unknown) => {
        unsaved = new Map([...some, ...unsaved])
        throw error
      })
    },

    /** Takes up what this and other processes have kept. */
    async load(): Promise<void> {
      const doubted = await kept.doubtedAt()
      if (doubted && doubted > doubtedAt) doubtedAt = doubted
      for (const [userId, quota] of await kept.since(new Date(newest - OVERLAP_MS))) {
        take(userId, quota)
        newest = Math.max(newest, quota.readAt.getTime())
      }
    },

    async forget(isGone: (userId: string) => boolean): Promise<void> {
      const gone = [...byUser.keys()].filter((userId) => isGone(userId) && !unsaved.has(userId))
      if (gone.length === 0) return
      await kept.forget(gone)
      for (const userId of gone) byUser.delete(userId)
      isChanged = true
    },
  }
}
