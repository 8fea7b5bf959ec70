import { setTimeout as pause } from 'node:timers/promises'

/** What comes within `ms`; `null` for what comes later or fails. */
export const soon = <T>(work: Promise<T>, ms: number): Promise<T | null> =>
  Promise.race([work.catch(() => null), pause(ms, null, { ref: false })])
