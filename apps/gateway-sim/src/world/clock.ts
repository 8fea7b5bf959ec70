/** The simulator's own time: it runs on from a start, and tests move it. */
export const createClock = (start: number | undefined) => {
  let origin = performance.now()
  let base = start ?? Date.now()
  let isFrozen = false
  const now = () => (isFrozen ? base : Math.floor(base + performance.now() - origin))
  const setNow = (at: number | string | Date) => {
    base = new Date(at).getTime()
    origin = performance.now()
  }
  return {
    /** Milliseconds since 1970. */
    now,
    setNow,
    advance: (ms: number) => setNow(now() + ms),
    freeze: () => {
      base = now()
      isFrozen = true
    },
    run: () => {
      if (isFrozen) origin = performance.now()
      isFrozen = false
    },
  }
}

export type Clock = ReturnType<typeof createClock>
