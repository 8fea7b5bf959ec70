import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import type { User } from '@ostor-console/shared/users'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import { useEffect, useRef, useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { useHeadingAfterwards } from '../../ui/focus.ts'
import { shorten } from '../../ui/foreign-text.tsx'
import type { UserAction } from './user-action-dialog.tsx'

/** What somebody is about to do with a user. */
export type Acting = { user: User; action: UserAction }
type Props = { user: User; onAct: (acting: Acting) => void }

/** What can be done with a user from a row of the list. A row has the button alone until somebody presses one. */
export function UserMenu({ user, onAct }: Props) {
  const { t } = useLingui()
  const [isUsed, setIsUsed] = useState(false)
  const email = shorten(user.email, 80)
  const label = t`Actions for ${email}`
  if (isUsed) return <OpenMenu user={user} label={label} onAct={onAct} />
  return (
    <button type="button" className="user-menu" aria-label={label} aria-haspopup="menu" onClick={() => setIsUsed(true)}>
      <IconDots size={16} />
    </button>
  )
}

function OpenMenu({ user, label, onAct }: Props & { label: string }) {
  const { t } = useLingui()
  const button = useRef<HTMLButtonElement>(null)
  // The row may go by what is done here.
  useHeadingAfterwards(button)
  const [isOpen, setIsOpen] = useState(false)
  const clipboard = useClipboard()
  const mayNotDisable = useRefusal('user.disable')
  const mayNotDelete = useRefusal('user.delete')
  const why = user.protected ? t`A protected user cannot be changed here` : (mayNotDisable ?? mayNotDelete)

  // It stands in the place of the button that was pressed, and the focus comes back to it.
  useEffect(() => {
    button.current?.focus()
    const frame = requestAnimationFrame(() => setIsOpen(true))
    return () => cancelAnimationFrame(frame)
  }, [])

  return (
    <Menu position="bottom-end" opened={isOpen} onChange={setIsOpen} onClose={clipboard.reset}>
      <Menu.Target>
        <ActionIcon ref={button} aria-label={label}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item maw={240} closeMenuOnClick={false} onClick={() => clipboard.copy(user.id)}>
          {clipboard.error ? t`Not copied: select it and copy by hand` : clipboard.copied ? t`Copied` : t`Copy ID`}
        </Menu.Item>
        {why && <Menu.Label maw={240}>{why}</Menu.Label>}
        {user.state !== 'disabled' && (
          <Menu.Item
            disabled={user.protected || mayNotDisable !== null}
            onClick={() => onAct({ user, action: 'disable' })}
          >
            <Trans>Disable…</Trans>
          </Menu.Item>
        )}
        {user.state !== 'enabled' && (
          <Menu.Item
            disabled={user.protected || mayNotDisable !== null}
            onClick={() => onAct({ user, action: 'enable' })}
          >
            <Trans>Enable…</Trans>
          </Menu.Item>
        )}
        <Menu.Item
          c="var(--bad)"
          disabled={user.protected || mayNotDelete !== null}
          onClick={() => onAct({ user, action: 'delete' })}
        >
          <Trans>Delete…</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
