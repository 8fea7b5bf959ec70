import { setTimeout as pause } from 'node:timers/promises'

type Parts = { perSecond?: number; wait?: (ms: number) => Promise<unknown>; elapsedMs?: () => number }

export type Pace = ReturnType<typeof createPace>

/**
 * Lets requests go one by one, each at least a slot after the one before: no second of a stretch sees more than it may,
 * and there is no burst, not even at the beginning.
 */
export const createPace = ({ perSecond: first = 1, wait = pause, elapsedMs = () => performance.now() }: Parts = {}) => {
  let slotMs = 1000 / first
  let nextMs = elapsedMs() + slotMs
  return {
    /** Requests in a second. */
    set(perSecond: number): void {
      slotMs = 1000 / perSecond
    },
    /** Resolves when the next request may go. */
    async take(): Promise<void> {
      const nowMs = elapsedMs()
      const dueMs = Math.max(nowMs, nextMs)
      nextMs = dueMs + slotMs
      if (dueMs > nowMs) await wait(Math.ceil(dueMs - nowMs))
    },
  }
}
