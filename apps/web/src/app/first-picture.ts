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

/** The page names the console only to whoever came with a session; without one the sign-in comes first. */
const isExpected = (): boolean =>
  window.localStorage.getItem(ENTERED) !== null && document.querySelector('link[data-behind]') !== null

const PATIENCE_MS = 1000

type Preparing = { early: boolean; load?: () => Promise<{ ready: () => Promise<void> }> }

/** Whoever was signed in here before most likely still is: the console loads beside the question, and else after it. */
export const prepare = async ({ early, load = loadConsole }: Preparing): Promise<void> => {
  const console = early ? load() : null
  // Where it did not come, it is asked for again when it is to be drawn.
  console?.catch(() => undefined)
  const { state } = await queryClient.ensureQueryData(sessionQuery())
  if (state !== 'signed-in') return
  const { ready } = await (console ?? load())
  await ready()
}

/**
 * Resolves when the first picture can be drawn whole, or after a second without that. React replaces a placeholder
 * 300 ms later at the earliest, which is longer than all of this takes.
 */
export const firstPicture = (language: Promise<void>): Promise<unknown> =>
  atMost(PATIENCE_MS, Promise.all([prepare({ early: isExpected() }).catch(() => undefined), language]))
