import { useEffect } from 'react'
import { dialogOnDemand } from '../ui/dialog-on-demand.tsx'
import { useFocusMemory } from '../ui/focus.ts'
import { useArrival } from './use-arrival.ts'
import { useShortcuts } from './use-shortcuts.ts'

const loadPalette = () => import('./palette.tsx')
const Palette = dialogOnDemand(loadPalette)
const loadShortcuts = () => import('./shortcuts-dialog.tsx')
const ShortcutsDialog = dialogOnDemand(loadShortcuts)

export type Over = 'palette' | 'shortcuts' | null

export type KeyboardProps = { cluster: string; over: Over; onOver: (over: Over) => void }

/** All that somebody without a mouse needs besides the page: shortcuts, the palette, and the focus that goes along. */
export default function Keyboard({ cluster, over, onOver }: KeyboardProps) {
  const placesLeft = useArrival()
  useFocusMemory()
  // What is typed right after its keys is to reach it, and both are to be there without the network.
  useEffect(() => {
    for (const load of [loadPalette, loadShortcuts]) load().catch(() => undefined)
  }, [])
  useShortcuts(cluster, onOver)
  const close = () => onOver(null)
  return (
    <>
      {over === 'palette' && (
        <Palette cluster={cluster} places={placesLeft()} onShortcuts={() => onOver('shortcuts')} onClose={close} />
      )}
      {over === 'shortcuts' && <ShortcutsDialog onClose={close} />}
    </>
  )
}
