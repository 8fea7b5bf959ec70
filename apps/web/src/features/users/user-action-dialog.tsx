import { useLingui } from '@lingui/react/macro'
import type { User } from '@ostor-console/shared/users'
import { useQuery } from '@tanstack/react-query'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { DeleteUserDialog, type Ends } from './delete-user-dialog.tsx'
import { userQuery, useSetUserState } from './users.queries.ts'

export type UserAction = 'enable' | 'disable' | 'delete'
type Props = { cluster: string; user: User; action: UserAction; onClose: () => void } & Ends

export default function UserActionDialog({ action, ...props }: Props) {
  return action === 'delete' ? <DeleteUserDialog {...props} /> : <StateDialog {...props} action={action} />
}

type StateProps = Omit<Props, 'action' | keyof Ends> & { action: 'enable' | 'disable' }

function StateDialog({ cluster, user, action, onClose }: StateProps) {
  const { t } = useLingui()
  const setState = useSetUserState(cluster, user.id)
  const read = useQuery({ ...userQuery(cluster, user.id), enabled: false })
  const disable = action === 'disable'
  return (
    <ConfirmDialog
      title={disable ? t`Disable this user?` : t`Enable this user?`}
      confirmLabel={disable ? t`Disable` : t`Enable`}
      danger={disable}
      pending={setState.isPending}
      error={setState.error}
      onConfirm={() => setState.mutate(disable ? 'disabled' : 'enabled', { onSuccess: onClose })}
      onReadAgain={() => void read.refetch().then(onClose)}
      onClose={onClose}
    >
      <p>
        <strong>
          <ForeignText text={user.email} />
        </strong>
      </p>
      <p>
        {disable
          ? t`Every key of this user stops working at once. Buckets and data stay, and the user can be enabled again.`
          : t`The keys of this user work again.`}
      </p>
    </ConfirmDialog>
  )
}
