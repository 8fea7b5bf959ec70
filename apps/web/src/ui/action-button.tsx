import { Button, type ButtonProps, Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import { refused } from './refused.ts'

export type Props = ButtonProps & {
  /** What it began is under way. */
  busy?: boolean
  /** It cannot be used, and what is around it says why. */
  isRefused?: boolean
  onClick?: () => void
  type?: 'submit'
  children: ReactNode
}

/**
 * A press does one thing: not a second one while it is under way, nor by a double click or a key held down. Unlike one that
 * is disabled or `loading` it keeps the focus meanwhile.
 */
export function ActionButton({ busy = false, isRefused = false, onClick, ...button }: Props) {
  return (
    <Button
      {...button}
      aria-busy={busy || undefined}
      {...(busy && { leftSection: <Loader size={12} color="currentColor" aria-hidden /> })}
      {...refused(isRefused)}
      onKeyDown={(event) => {
        // Held down, Enter would press what stands there next as well.
        if (event.repeat && event.key === 'Enter') event.preventDefault()
      }}
      onClick={(event) => {
        // The second click of a double click would meet what the first one changed: "Go on" in the place of "Pause".
        if (isRefused || busy || event.detail >= 2) event.preventDefault()
        else onClick?.()
      }}
    />
  )
}
