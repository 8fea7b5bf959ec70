import { Button, type ButtonProps, Loader, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

export type Props = ButtonProps & {
  /** Why it cannot be used, said when it is pointed at or focused; `null` when it can. */
  reason: string | null
  /** What it began is under way; unlike one that is loading it keeps the focus. */
  busy?: boolean
  onClick?: () => void
  type?: 'submit'
  children: ReactNode
}

/** A button that says why it is out of reach; it keeps its place in the order of the tab key, so that everybody can ask. */
export function ReasonButton({ reason, busy = false, onClick, ...button }: Props) {
  const refused = reason !== null
  return (
    <Tooltip label={reason} disabled={!refused} maw={320}>
      <Button
        {...button}
        aria-disabled={refused}
        aria-busy={busy || undefined}
        {...(busy && { leftSection: <Loader size={12} color="currentColor" aria-hidden /> })}
        {...(refused && { 'data-disabled': true })}
        onKeyDown={(event) => {
          // Held down, Enter would press what stands there next as well.
          if (event.repeat && event.key === 'Enter') event.preventDefault()
        }}
        onClick={(event) => {
          // The second click of a double click would meet what the first one changed: "Go on" in the place of "Pause".
          if (refused || busy || event.detail >= 2) event.preventDefault()
          else onClick?.()
        }}
      />
    </Tooltip>
  )
}
