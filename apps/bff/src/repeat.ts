type Parts = {
  /** Says itself what failed; here a failure ends nothing but its round. */
  work: () => Promise<void>
  /** How long to rest before the next round. */
  pauseMs: () => number
  /** Whether a round is made at all; without it, always. */
  isDue?: () => boolean
}

/** Repeats work until it is stopped, never two rounds at once. */
export const createRepeat = ({ work, pauseMs, isDue = () => true }: Parts) => {
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let isStarted = false

  /** One round now, or the one that is under way. */
  const round = (): Promise<void> => {
    running ??= work().finally(() => {
      running = null
    })
    return running
  }

  const repeat = async (): Promise<void> => {
    if (isDue()) await round().catch(() => {})
    if (isStarted) timer = setTimeout(() => void repeat(), pauseMs()).unref()
  }

  /** Resolves after the first round. */
  const start = async (): Promise<void> => {
    if (isStarted) return
    isStarted = true
    await repeat()
  }

  /** Resolves when what was under way has ended. */
  const stop = async (): Promise<void> => {
    isStarted = false
    if (timer) clearTimeout(timer)
    await running?.catch(() => {})
  }

  return { round, start, stop }
}
