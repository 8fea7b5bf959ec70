import './console-styles.ts'
import { RouterProvider } from '@tanstack/react-router'
import { warmFormats } from '../format/warm.ts'
import { router } from './router.tsx'

/** Resolves when the page of the address can be drawn. */
export const ready = (): Promise<void> => {
  const loaded = router.load()
  // What the page needs is asked for a turn from now, and on its way in the turn after that.
  setTimeout(() => setTimeout(warmFormats))
  return loaded
}

/** Everything behind the sign-in. */
export default function Console() {
  return <RouterProvider router={router} />
}
