import { t } from '@lingui/core/macro'
import { useWindowEvent } from '@mantine/hooks'
import { NotLoaded } from '../ui/dialog-on-demand.tsx'
import { idle } from '../ui/idle.ts'
import { type Again, onDemand } from '../ui/on-demand.tsx'
import type { KeyboardProps } from './keyboard.tsx'

/** No first picture waits for it. */
export const KeyboardOnDemand = onDemand<KeyboardProps>(() => idle().then(() => import('./keyboard.tsx')), {
  Waiting: () => null,
  Failed: NotThere,
  what: () => t`The search and the shortcuts`,
})

/** Comes by itself once the network is back. Who asks for it before that is told. */
function NotThere({ over, onOver, isLoading, onRetry }: KeyboardProps & Again) {
  useWindowEvent('online', onRetry)
  return over !== null && <NotLoaded isLoading={isLoading} onRetry={onRetry} onClose={() => onOver(null)} />
}
