import { Trans, useLingui } from '@lingui/react/macro'
import type { UserGroup } from '@ostor-console/shared/groups'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useDeleteGroup } from './groups.queries.ts'

type Props = { cluster: string; group: UserGroup; onClose: () => void }

/** Says who loses what before a group goes. */
export function DeleteGroup({ cluster, group, onClose }: Props) {
  const { t } = useLingui()
  const remove = useDeleteGroup(cluster, group.id)
  const { name, limits } = group
  return (
    <ConfirmDialog
      title={t`Delete ${name}`}
      confirmLabel={t`Delete the group`}
      danger
      typed={{ label: t`Type ${name} to confirm`, text: name }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <Trans>The users themselves stay as they are.</Trans>
      </p>
      {limits.length === 0 ? (
        <p>
          <Trans>Nobody is limited to this group.</Trans>
        </p>
      ) : (
        <>
          <p>
            <Trans>Limited to it, and from then on without these users:</Trans>
          </p>
          <ul>
            {limits.map((email) => (
              <li key={email} translate="no">
                {email}
              </li>
            ))}
          </ul>
          <p>
            <Trans>They stay limited: who is limited to no other group sees no user at all.</Trans>
          </p>
        </>
      )}
    </ConfirmDialog>
  )
}
