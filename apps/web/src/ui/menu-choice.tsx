import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  /** Why it is out of reach; `null` when it is not. */
  reason: string | null
  onClick: () => void
  children: ReactNode
}

/** A choice of a menu that says why it is out of reach, also to whoever goes through the menu by keys. */
export function MenuChoice({ reason, onClick, children }: Props) {
  if (reason === null) return <Menu.Item onClick={onClick}>{children}</Menu.Item>
  return (
    // The kit's keys pass over what it holds for disabled.
    <Menu.Item maw={280} aria-disabled closeMenuOnClick={false} c="var(--mantine-color-disabled-color)">
      {children}
      <div className="entries-under">{reason}</div>
    </Menu.Item>
  )
}
