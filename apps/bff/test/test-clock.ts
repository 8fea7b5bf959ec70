/** A clock that a test sets, and on which waiting takes no time. */
export const testClock = (start: number) => {
  let ms = start
  const later = (by: number): void => {
    ms += by
  }
  return { now: () => new Date(ms), elapsedMs: () => ms, later, wait: async (by: number) => later(by) }
}

export type TestClock = ReturnType<typeof testClock>
