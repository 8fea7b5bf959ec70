import type { ComponentType } from 'react'
import { sessionQuery } from '../features/session/session.queries.ts'
import { atMost } from './at-most.ts'
import { queryClient } from './query-client.ts'

export const ENTERED = 'ostor-console-entered'

let loaded: ComponentType | null = null

export const loadConsole = async () => {
  const { default: Console, ready } = await import('./console.tsx')
  loaded = Console
  return { default: Console, ready }
}

/** What can be drawn at once; a lazy component waits a moment even for what is there. */
export const loadedConsole = (): ComponentType | null => loaded

const PATIENCE_MS = 1000

/** Whoever was signed in here before most likely still is: the console loads beside the question, not after it. */
const prepare = async (): Promise<void> => {
  const wasHere = window.localStorage.getItem(ENTERED) !== null
  const [session, console] = await Promise.all([
    queryClient.ensureQueryData(sessionQuery()),
    wasHere ? loadConsole() : undefined,
  ])
  if (session.state === 'signed-in') await console?.ready()
}

/**
 * Resolves when the first picture can be drawn whole, or after a second without that. React replaces a placeholder
 * 300 ms later at the earliest, which is longer than all of this takes.
 */
export const firstPicture = (language: Promise<void>): Promise<unknown> =>
  atMost(PATIENCE_MS, Promise.all([prepare().catch(() => undefined), language]))
