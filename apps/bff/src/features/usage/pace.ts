const WINDOW_MS = 60_000

/** How many things were done in the last minute. */
export const createPace = (now: () => Date) => {
  const done: { atMs: number; count: number }[] = []
  let startedMs: number | null = null
  return {
    add(count: number): void {
      const atMs = now().getTime()
      startedMs ??= atMs
      if (count > 0) done.push({ atMs, count })
      while (done[0] && done[0].atMs <= atMs - WINDOW_MS) done.shift()
    },

    /** `null` when nothing was done in that minute. */
    perSecond(): number | null {
      const atMs = now().getTime()
      const recent = done.filter((one) => one.atMs > atMs - WINDOW_MS)
      if (startedMs === null || recent.length === 0) return null
      const seconds = Math.min(Math.max(atMs - startedMs, 1000), WINDOW_MS) / 1000
      return recent.reduce((sum, { count }) => sum + count, 0) / seconds
    },
  }
}
