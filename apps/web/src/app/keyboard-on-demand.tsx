import { t } from '@lingui/core/macro'
import { useWindowEvent } from '@mantine/hooks'
import { NotLoaded } from '../ui/dialog-on-demand.tsx'
import { type Again, onDemand } from '../ui/on-demand.tsx'
import type { KeyboardProps } from './keyboard.tsx'
import { queryClient } from './query-client.ts'

const idle = () => new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve))

const LONGEST_MS = 2000

/** Resolves when nothing is being read, or when that takes long. */
const allRead = () =>
  new Promise<void>((resolve) => {
    const cache = queryClient.getQueryCache()
    const end = () => {
      clearTimeout(late)
      stop()
      resolve()
    }
    const look = () => queryClient.isFetching() === 0 && end()
    const late = setTimeout(end, LONGEST_MS)
    const stop = cache.subscribe(look)
    look()
  })

const load = async () => {
  await idle()
  await allRead()
  await idle()
  return import('./keyboard.tsx')
}

/** Neither the first picture nor what it shows waits for it. */
export const KeyboardOnDemand = onDemand<KeyboardProps>(load, {
  Waiting: () => null,
  Failed: NotThere,
  what: () => t`The search and the shortcuts`,
})

/** Comes by itself once the network is back. Who asks for it before that is told. */
function NotThere({ over, onOver, isLoading, onRetry }: KeyboardProps & Again) {
  useWindowEvent('online', onRetry)
  return over !== null && <NotLoaded isLoading={isLoading} onRetry={onRetry} onClose={() => onOver(null)} />
}
