import { said } from '@ostor-console/shared/said'
import { asProblem } from './failures.ts'

export type Dated = {
  /** When the gateway was asked. */
  asOf: Date
  /** Why this is older than it should be; `null` when it is not. */
  staleReason: string | null
}

type Options<S> = {
  now: () => Date
  maxAgeMs: number
  fetch: (asOf: Date) => Promise<S>
  /** Told of each that was fetched. */
  keep?: ((snapshot: S) => void) | undefined
  /** What was fetched before this process began; asked only when fetching fails. */
  recall?: (() => Promise<S | null>) | undefined
}

const TOO_OLD = 10
const REST_AFTER_FAILURE_MS = 5000

/**
 * Keeps one snapshot: served as it is while young, served while a newer one is fetched when older, and waited for when
 * it is much too old. When the fetch fails the old one stays, with the reason; without an old one the failure is thrown.
 */
export const createRefresher = <S extends Dated>({ now, maxAgeMs, fetch, keep, recall }: Options<S>) => {
  let snapshot: S | null = null
  let recalled: S | null = null
  let inFlight: Promise<S> | null = null
  let failedAt = Number.NEGATIVE_INFINITY

  const load = async (): Promise<S> => {
    try {
      snapshot = await fetch(now())
      recalled = null
      failedAt = Number.NEGATIVE_INFINITY
      keep?.(snapshot)
      return snapshot
    } catch (error) {
      failedAt = now().getTime()
      const staleReason = asProblem(error)?.message ?? said`The list could not be read`
      if (!snapshot) {
        recalled ??= (await recall?.()) ?? null
        if (recalled) recalled = { ...recalled, staleReason }
        throw error
      }
      snapshot = { ...snapshot, staleReason }
      return snapshot
    } finally {
      inFlight = null
    }
  }

  const start = (): Promise<S> => {
    inFlight ??= load()
    return inFlight
  }

  const isResting = (): boolean => now().getTime() - failedAt < REST_AFTER_FAILURE_MS

  const get = async (): Promise<S> => {
    if (!snapshot) return start()
    const age = now().getTime() - snapshot.asOf.getTime()
    if (age <= maxAgeMs || isResting()) return snapshot
    const newer = start()
    return age > TOO_OLD * maxAgeMs && snapshot.staleReason === null ? newer : snapshot
  }

  return {
    get,

    /** For whoever shows its age: where nothing was fetched yet, what was before this process began. */
    async getOrRecalled(): Promise<S> {
      if (!snapshot && recalled) {
        if (!isResting()) start().catch(() => {})
        return recalled
      }
      try {
        return await get()
      } catch (error) {
        if (recalled) return recalled
        throw error
      }
    },

    /** Waits for what is under way, which may have begun too early, and then for a new one. */
    async refresh(): Promise<S> {
      await inFlight?.catch(() => {})
      return start()
    },

    change(edit: (snapshot: S) => S): void {
      if (snapshot) snapshot = edit(snapshot)
      if (recalled) recalled = edit(recalled)
    },
  }
}
