import { setTimeout as pause } from 'node:timers/promises'

type Parts = { wait?: (ms: number) => Promise<unknown> }

/** Under a load that never pauses, whoever yields still gets on. */
const LONGEST_MS = 2_000

export type Lanes = ReturnType<typeof createLanes>

/** Lets calls for which somebody waits go before those that can wait. */
export const createLanes = ({ wait = pause }: Parts = {}) => {
  let underWay = 0
  let yielding: (() => void)[] = []
  return {
    /** A call that goes at once. */
    first: async <T>(call: () => Promise<T>): Promise<T> => {
      underWay += 1
      try {
        return await call()
      } finally {
        underWay -= 1
        if (underWay === 0) {
          for (const go of yielding) go()
          yielding = []
        }
      }
    },
    /** Resolves when no such call is under way, or after two seconds. */
    clear: async (): Promise<void> => {
      if (underWay === 0) return
      const cleared = new Promise<void>((resolve) => {
        yielding.push(resolve)
      })
      await Promise.race([cleared, wait(LONGEST_MS)])
    },
  }
}
