import './console-styles.ts'
import { RouterProvider } from '@tanstack/react-router'
import { router } from './router.tsx'

/** Resolves when the page of the address can be drawn. */
export const ready = (): Promise<void> => router.load()

/** Everything behind the sign-in. */
export default function Console() {
  return <RouterProvider router={router} />
}
