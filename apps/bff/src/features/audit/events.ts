import { setTimeout as pause } from 'node:timers/promises'

type Parts = {
  /** Differs when something changed, whichever process did it. */
  version: () => Promise<unknown>
  /** The console is about to end. */
  isOver: () => boolean
  lookEveryMs?: number
  looks?: number
}

const LOOK_EVERY_MS = 1_000
// Less than any proxy waits for, and than a handler may take.
const LOOKS = 45
const ALIVE_EVERY = 10

/** Server-sent events: `changed` with each new version. It ends after a while, and the browser connects again by itself. */
export async function* eventsOf({ version, isOver, lookEveryMs = LOOK_EVERY_MS, looks = LOOKS }: Parts) {
  let last = await version()
  yield `retry: ${LOOK_EVERY_MS}\n\n`
  for (let look = 1; look <= looks && !isOver(); look += 1) {
    await pause(lookEveryMs)
    const next = await version()
    if (next !== last) yield `event: changed\ndata: ${String(next)}\n\n`
    else if (look % ALIVE_EVERY === 0) yield ': alive\n\n'
    last = next
  }
}
