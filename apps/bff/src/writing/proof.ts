import { ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'

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

type New<T> = {
  read: () => Promise<T>
  isThere: (found: T) => boolean
  /** What reading back lacks, in one sentence. */
  missing: string
  wait: Wait
}

/**
 * For what an answer proved that may hold its only secret: a reading that fails does not take that away, and answers false.
 * Throws `not-applied` when several readings do not show it.
 */
export const seeNew = async <T>({ read, isThere, missing, wait }: New<T>): Promise<boolean> => {
  for (let tries = 1; ; tries++) {
    const found = await read().then(
      (value) => ({ isThere: isThere(value) }),
      () => null,
    )
    if (!found || found.isThere) return found !== null
    if (tries === TRIES) throw problem('not-applied', { detail: missing })
    await wait(PAUSE_MS)
  }
}

const readBack = async <T>(read: () => Promise<T>, lost: ProblemError | null): Promise<T> => {
  try {
    return await read()
  } catch (cause) {
    const detail = said`The gateway accepted the request, but could not be read back`
    throw lost ?? problem('outcome-unknown', { detail }, { cause })
  }
}
