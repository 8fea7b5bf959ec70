import { ActionIcon, Menu } from '@mantine/core'
import type { User } from '@ostor-console/shared/users'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import { lazy, Suspense, useState } from 'react'
import { shorten } from '../../ui/foreign-text.tsx'
import type { UserAction } from './user-action-dialog.tsx'

const UserActionDialog = lazy(() => import('./user-action-dialog.tsx'))

/** What can be done with a user from a row of the list. */
export function UserMenu({ cluster, user }: { cluster: string; user: User }) {
  const [action, setAction] = useState<UserAction | null>(null)
  const [copied, setCopied] = useState(false)
  return (
    <>
      <Menu position="bottom-end" onClose={() => setCopied(false)}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${shorten(user.email, 80)}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            closeMenuOnClick={false}
            onClick={() => void navigator.clipboard.writeText(user.id).then(() => setCopied(true))}
          >
            {copied ? 'Copied' : 'Copy ID'}
          </Menu.Item>
          {user.protected && <Menu.Label>A protected user cannot be changed here</Menu.Label>}
          {user.state !== 'disabled' && (
            <Menu.Item disabled={user.protected} onClick={() => setAction('disable')}>
              Disable…
            </Menu.Item>
          )}
          {user.state !== 'enabled' && (
            <Menu.Item disabled={user.protected} onClick={() => setAction('enable')}>
              Enable…
            </Menu.Item>
          )}
          <Menu.Item c="var(--bad)" disabled={user.protected} onClick={() => setAction('delete')}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {action && (
        <Suspense fallback={null}>
          <UserActionDialog cluster={cluster} user={user} action={action} onClose={() => setAction(null)} />
        </Suspense>
      )}
    </>
  )
}
