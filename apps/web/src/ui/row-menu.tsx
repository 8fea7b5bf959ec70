import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import type { ReactNode } from 'react'
import { refused } from './refused.ts'

type Props = {
  label: string
  /** Why all of it is out of reach; `null` when it is not. */
  reason?: string | null
  children: ReactNode
}

/** What can be done with a row of a table. */
export function RowMenu({ label, reason = null, children }: Props) {
  const button = (
    <ActionIcon aria-label={label} {...refused(reason !== null)}>
      <IconDots size={16} />
    </ActionIcon>
  )
  if (reason !== null)
    return (
      <Tooltip label={reason} maw={320}>
        {button}
      </Tooltip>
    )
  return (
    <Menu position="bottom-end">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
