import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import type { User } from '@ostor-console/shared/users'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import { useEffect, useRef, useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'
import { shorten } from '../../ui/foreign-text.tsx'
import type { UserAction } from './user-action-dialog.tsx'

const UserActionDialog = dialogOnDemand(() => import('./user-action-dialog.tsx'))

type Props = { cluster: string; user: User }

/** What can be done with a user from a row of the list. A row has the button alone until somebody presses one. */
export function UserMenu({ cluster, user }: Props) {
  const { t } = useLingui()
  const [isUsed, setIsUsed] = useState(false)
  const email = shorten(user.email, 80)
  const label = t`Actions for ${email}`
  if (isUsed) return <OpenMenu cluster={cluster} user={user} label={label} />
  return (
    <button type="button" className="user-menu" aria-label={label} aria-haspopup="menu" onClick={() => setIsUsed(true)}>
      <IconDots size={16} />
    </button>
  )
}

function OpenMenu({ cluster, user, label }: Props & { label: string }) {
  const { t } = useLingui()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [action, setAction] = useState<UserAction | null>(null)
  const [copied, setCopied] = useState(false)
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
    <>
      <Menu position="bottom-end" opened={isOpen} onChange={setIsOpen} onClose={() => setCopied(false)}>
        <Menu.Target>
          <ActionIcon ref={button} aria-label={label}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            closeMenuOnClick={false}
            onClick={() => void navigator.clipboard.writeText(user.id).then(() => setCopied(true))}
          >
            {copied ? t`Copied` : t`Copy ID`}
          </Menu.Item>
          {why && <Menu.Label maw={240}>{why}</Menu.Label>}
          {user.state !== 'disabled' && (
            <Menu.Item disabled={user.protected || mayNotDisable !== null} onClick={() => setAction('disable')}>
              <Trans>Disable…</Trans>
            </Menu.Item>
          )}
          {user.state !== 'enabled' && (
            <Menu.Item disabled={user.protected || mayNotDisable !== null} onClick={() => setAction('enable')}>
              <Trans>Enable…</Trans>
            </Menu.Item>
          )}
          <Menu.Item
            c="var(--bad)"
            disabled={user.protected || mayNotDelete !== null}
            onClick={() => setAction('delete')}
          >
            <Trans>Delete…</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {action && <UserActionDialog cluster={cluster} user={user} action={action} onClose={() => setAction(null)} />}
    </>
  )
}
