import { ProblemError, problem } from '@ostor-console/shared/problem'

export type Wait = (ms: number) => Promise<void>

type Write<T> = {
  /** Called once. */
  send: () => Promise<unknown>
  read: () => Promise<T>
  holds: (found: T) => boolean
  /** What reading back shows instead, in one sentence. */
  difference: (found: T) => string
  wait: Wait
}

const TRIES = 5
const PAUSE_MS = 1000

/** The reply was lost, so the write may have taken effect or may still do so. */
export const isLost = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.is('outcome-unknown')

/**
 * Makes one write that sets a value, reads it back, and answers what was read. Throws `not-applied` when the gateway
 * accepted the write and shows something else, and `outcome-unknown` when the reply was lost and reading proves nothing.
 */
export const sendAndProve = async <T>({ send, read, holds, difference, wait }: Write<T>): Promise<T> => {
  const lost = await send().then(
    () => null,
    (error: unknown) => {
      if (isLost(error)) return error
      throw error
    },
  )
  const mostTries = lost ? 1 : TRIES
  let found = await readBack(read, lost)
  for (let tries = 1; tries < mostTries && !holds(found); tries++) {
    await wait(PAUSE_MS)
    found = await readBack(read, lost)
  }
  if (holds(found)) return found
  throw lost ?? problem('not-applied', { detail: difference(found) })
}

const readBack = async <T>(read: () => Promise<T>, lost: ProblemError | null): Promise<T> => {
  try {
    return await read()
  } catch (cause) {
    const detail = 'The gateway accepted the request, but could not be read back'
    throw lost ?? problem('outcome-unknown', { detail }, { cause })
  }
}
