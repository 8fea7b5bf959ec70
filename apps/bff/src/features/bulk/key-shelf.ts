import type { CreatedKey } from '@ostor-console/shared/bulk'

const KEPT_MS = 30 * 60_000

type Kept = { key: CreatedKey; atMs: number }

export type KeyShelf = ReturnType<typeof createKeyShelf>

/**
 * First keys of users that runs created, until the session that started the run takes them: in memory only, until half an
 * hour after the last one of the run, and once.
 */
export const createKeyShelf = ({ now = () => new Date() }: { now?: () => Date } = {}) => {
  const shelf = new Map<string, Kept[]>()

  const fresh = (runId: string): Kept[] => {
    const atMs = now().getTime()
    const kept = shelf.get(runId) ?? []
    if (atMs - (kept.at(-1)?.atMs ?? 0) < KEPT_MS) return kept
    shelf.delete(runId)
    return []
  }

  return {
    put: (runId: string, key: CreatedKey): void => {
      const kept = shelf.get(runId) ?? []
      kept.push({ key, atMs: now().getTime() })
      shelf.set(runId, kept)
    },
    count: (runId: string): number => fresh(runId).length,
    /** Whoever calls has made sure that it is for the right session. */
    take: (runId: string): CreatedKey[] => {
      const kept = fresh(runId)
      shelf.delete(runId)
      return kept.map(({ key }) => key)
    },
    /** Drops what is too old. */
    sweep: (): void => {
      for (const runId of shelf.keys()) fresh(runId)
    },
  }
}
