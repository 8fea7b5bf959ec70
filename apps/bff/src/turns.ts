import { setImmediate } from 'node:timers/promises'

const LONGEST_MS = 8

/**
 * For work that would go on without a pause, a million rows or megabytes that have arrived: called often, it lets
 * requests have their turn whenever the work went on for 8 ms.
 */
export const createTurns = () => {
  let since = performance.now()
  return async (): Promise<void> => {
    if (performance.now() - since < LONGEST_MS) return
    await setImmediate()
    since = performance.now()
  }
}
