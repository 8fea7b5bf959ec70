import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import { refused } from './refused.ts'

type Props = {
  /** Why it is out of reach; `null` when it is not. */
  reason: string | null
  onClick: () => void
  children: ReactNode
}

/** A choice of a menu that says why it is out of reach, also to whoever goes through the menu by keys. */
export const MenuChoice = ({ reason, onClick, children }: Props) => (
  <Menu.Item
    maw={280}
    {...refused(reason !== null)}
    closeMenuOnClick={reason === null}
    onClick={() => reason === null && onClick()}
  >
    {children}
    {reason !== null && <div className="entries-under">{reason}</div>}
  </Menu.Item>
)
