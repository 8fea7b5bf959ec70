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
 * it is much too old. When the fetch fails the old one stays, with the reason, be it from before a restart; without an old
 * one the failure is thrown.
 */
export const createRefresher = <S extends Dated>({ now, maxAgeMs, fetch, keep, recall }: Options<S>) => {
  let snapshot: S | null = null
  let inFlight: Promise<S> | null = null
  let failedAt = Number.NEGATIVE_INFINITY

  const load = async (): Promise<S> => {
    try {
      snapshot = await fetch(now())
      failedAt = Number.NEGATIVE_INFINITY
      keep?.(snapshot)
      return snapshot
    } catch (error) {
      failedAt = now().getTime()
      snapshot ??= (await recall?.()) ?? null
      if (!snapshot) throw error
      snapshot = { ...snapshot, staleReason: asProblem(error)?.message ?? 'The list could not be read' }
      return snapshot
    } finally {
      inFlight = null
    }
  }

  const start = (): Promise<S> => {
    inFlight ??= load()
    return inFlight
  }

  return {
    async get(): Promise<S> {
      if (!snapshot) return start()
      const at = now().getTime()
      const age = at - snapshot.asOf.getTime()
      const resting = at - failedAt < REST_AFTER_FAILURE_MS
      if (age <= maxAgeMs || resting) return snapshot
      const newer = start()
      return age > TOO_OLD * maxAgeMs && snapshot.staleReason === null ? newer : snapshot
    },

    /** Waits for what is under way, which may have begun too early, and then for a new one. */
    async refresh(): Promise<S> {
      await inFlight?.catch(() => {})
      return start()
    },

    change(edit: (snapshot: S) => S): void {
      if (snapshot) snapshot = edit(snapshot)
    },
  }
}
