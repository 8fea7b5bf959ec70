import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = ButtonProps & {
  /** Why it cannot be used, said when it is pointed at or focused; `null` when it can. */
  reason: string | null
  onClick: () => void
  children: ReactNode
}

/** A button that says why it is out of reach; it keeps its place in the order of the tab key, so that everybody can ask. */
export function ReasonButton({ reason, onClick, ...button }: Props) {
  const refused = reason !== null
  return (
    <Tooltip
      label={reason}
      disabled={!refused}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      maw={320}
      portalProps={{ target: '#menus' }}
    >
      <Button
        {...button}
        aria-disabled={refused}
        {...(refused && { 'data-disabled': true })}
        onClick={() => {
          if (!refused) onClick()
        }}
      />
    </Tooltip>
  )
}
