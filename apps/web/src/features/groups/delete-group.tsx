import type { UserGroup } from '@ostor-console/shared/groups'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useDeleteGroup } from './groups.queries.ts'

type Props = { cluster: string; group: UserGroup; onClose: () => void }

/** Says who loses what before a group goes. */
export function DeleteGroup({ cluster, group, onClose }: Props) {
  const remove = useDeleteGroup(cluster, group.id)
  const { name, limits } = group
  return (
    <ConfirmDialog
      title={`Delete ${name}`}
      confirmLabel="Delete the group"
      danger
      typed={{ label: `Type ${name} to confirm`, text: name }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>The users themselves stay as they are.</p>
      {limits.length === 0 ? (
        <p>Nobody is limited to this group.</p>
      ) : (
        <>
          <p>Limited to it, and from then on without these users:</p>
          <ul>
            {limits.map((email) => (
              <li key={email}>{email}</li>
            ))}
          </ul>
          <p>They stay limited: who is limited to no other group sees no user at all.</p>
        </>
      )}
    </ConfirmDialog>
  )
}
