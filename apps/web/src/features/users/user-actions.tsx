import { useLingui } from '@lingui/react/macro'
import type { UserDetail } from '@ostor-console/shared/users'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'
import type { UserAction } from './user-action-dialog.tsx'

const UserActionDialog = dialogOnDemand(() => import('./user-action-dialog.tsx'))

type Props = { cluster: string; user: UserDetail; locked: string | null; onDeleted: () => void }

/** Disabled, not hidden, with the reason. */
export function UserActions({ cluster, user, locked, onDeleted }: Props) {
  const { t } = useLingui()
  const [action, setAction] = useState<UserAction | null>(null)
  const button = (name: UserAction, label: string) => (
    <VerbButton
      key={name}
      verb={name === 'delete' ? 'user.delete' : 'user.disable'}
      reason={locked}
      variant="default"
      className={name === 'delete' && locked === null ? 'danger-text' : ''}
      onClick={() => setAction(name)}
    >
      {label}
    </VerbButton>
  )
  return (
    <>
      {user.state !== 'disabled' && button('disable', t`Disable`)}
      {user.state !== 'enabled' && button('enable', t`Enable`)}
      {button('delete', t`Delete user`)}
      {action && (
        <UserActionDialog
          cluster={cluster}
          user={user}
          action={action}
          onClose={() => setAction(null)}
          onDeleted={onDeleted}
        />
      )}
    </>
  )
}
