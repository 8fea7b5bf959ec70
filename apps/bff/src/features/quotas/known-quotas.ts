import type { ToldQuota, UserQuotas } from '../../adapters/store/user-quotas.ts'
import type { QuotasByUser } from '../../lists/quotas.ts'

type Parts = Pick<QuotasByUser, 'meaningOf'> & {
  kept: UserQuotas
  bytesPerTold: () => QuotasByUser['bytesPerTold']
  now?: (() => Date) | undefined
  elapsedMs?: () => number
}

/** So far may the clocks of processes that share a store lie apart. */
const OVERLAP_MS = 300_000
/** While one user after the other is read, a list is not sorted and counted anew for each of them; its rows are. */
const RENEW_MS = 15_000

type Of = 'user' | 'bucket'

export type KnownQuotas = ReturnType<typeof createKnownQuotas>

/** What is known of the quotas of users: in memory, and in the store for the next start and for other processes. */
export const createKnownQuotas = ({
  kept,
  meaningOf,
  bytesPerTold,
  now = () => new Date(),
  elapsedMs = () => performance.now(),
}: Parts) => {
  const byUser = new Map<string, ToldQuota>()
  /** Readings of a user that were begun by then say nothing. */
  const changedAt = new Map<string, Date>()
  const forAll: Record<Of, ToldQuota | null> = { user: null, bucket: null }
  let current: QuotasByUser = { byUser, meaningOf, bytesPerTold: null }
  let isChanged = true
  let renewedAt = Number.NEGATIVE_INFINITY
  let unsaved = new Map<string, ToldQuota>()
  let unforgotten = new Set<string>()
  let savedUntil = OVERLAP_MS
  const doubtedAt: Record<Of, Date> = { user: new Date(0), bucket: new Date(0) }
  const unsavedDoubts = new Map<Of, Date>()

  /** A reading that was begun before the one that is known, or before a change, does not count. */
  const take = (userId: string, { told, readAt }: ToldQuota): boolean => {
    const before = byUser.get(userId)
    const changed = changedAt.get(userId)
    if ((before && before.readAt >= readAt) || (changed && changed > readAt)) return false
    byUser.set(userId, { told, readAt })
    changedAt.delete(userId)
    isChanged = true
    return true
  }

  const saveDoubts = async (): Promise<void> => {
    for (const [of, at] of unsavedDoubts) {
      await kept.doubt(of, at)
      // Another change may have come meanwhile.
      if (unsavedDoubts.get(of) === at) unsavedDoubts.delete(of)
    }
  }

  const forgetChanged = async (): Promise<void> => {
    const some = unforgotten
    unforgotten = new Set()
    await kept.forget([...some]).catch((error: unknown) => {
      unforgotten = new Set([...some, ...unforgotten])
      throw error
    })
  }

  const saveQuotas = async (): Promise<void> => {
    const some = unsaved
    unsaved = new Map()
    await kept.save([...some], now()).catch((error: unknown) => {
      unsaved = new Map([...some, ...unsaved])
      throw error
    })
  }

  return {
    now(): QuotasByUser {
      const bytes = bytesPerTold()
      if (bytes !== current.bytesPerTold || (isChanged && elapsedMs() - renewedAt >= RENEW_MS)) {
        current = { byUser, meaningOf, bytesPerTold: bytes }
        isChanged = false
        renewedAt = elapsedMs()
      }
      return current
    },

    /** What a reading told that was begun at this time. */
    read(userId: string, told: bigint, readAt: Date): void {
      const quota = { told, readAt }
      if (take(userId, quota)) unsaved.set(userId, quota)
    },

    /** It was, or may have been, changed; until it is read again it is not known. */
    changed(userId: string, at: Date): void {
      changedAt.set(userId, at)
      unsaved.delete(userId)
      unforgotten.add(userId)
      if (byUser.delete(userId)) isChanged = true
    },

    /** What this process last read of the quota of every user or bucket; `null` before, and after a change. */
    forAll(of: Of): ToldQuota | null {
      const last = forAll[of]
      return last && last.readAt > doubtedAt[of] ? last : null
    },

    readForAll(of: Of, told: bigint, readAt: Date): void {
      const last = forAll[of]
      if (!last || last.readAt <= readAt) forAll[of] = { told, readAt }
    },

    /** What a gateway tells of a user without a quota may be that of all. */
    changedForAll(of: Of, at: Date): void {
      doubtedAt[of] = at
      unsavedDoubts.set(of, at)
    },

    /** Whether it was read before the quota of every user was changed. */
    isDoubted: ({ readAt }: ToldQuota): boolean => readAt <= doubtedAt.user,

    async save(): Promise<void> {
      await saveDoubts()
      await forgetChanged()
      await saveQuotas()
    },

    /** Takes up what this and other processes have kept. */
    async load(): Promise<void> {
      for (const whose of ['user', 'bucket'] as const) {
        const doubted = await kept.doubtedAt(whose)
        if (doubted && doubted > doubtedAt[whose]) doubtedAt[whose] = doubted
      }
      for (const [userId, quota] of await kept.savedSince(new Date(savedUntil - OVERLAP_MS))) {
        take(userId, quota)
        savedUntil = Math.max(savedUntil, quota.savedAt.getTime())
      }
    },

    async forget(isGone: (userId: string) => boolean): Promise<void> {
      for (const userId of changedAt.keys()) if (isGone(userId)) changedAt.delete(userId)
      const gone = [...byUser.keys()].filter((userId) => isGone(userId) && !unsaved.has(userId))
      if (gone.length === 0) return
      await kept.forget(gone)
      for (const userId of gone) byUser.delete(userId)
      isChanged = true
    },
  }
}
