import type { Limits } from '@ostor-console/shared/limits'
import { useQuery } from '@tanstack/react-query'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FIELDS, limitText, valueOf } from './limit-fields.ts'
import { type Group, limitsQuery, type Target, useRemoveLimits } from './limits.queries.ts'

type Props = { cluster: string; target: Target; limits: Limits; group: Group; onClose: () => void }

const WHICH = { opsPerSecond: 'the limits on operations', bandwidth: 'the limit on bandwidth', all: 'all limits' }

export function RemoveLimitsDialog({ cluster, target, limits, group, onClose }: Props) {
  const remove = useRemoveLimits(cluster, target)
  const read = useQuery({ ...limitsQuery(cluster, target), enabled: false })
  const lost = FIELDS.filter(
    (field) => (group === 'all' || field.group === group) && valueOf(limits, field.name) !== 'unlimited',
  )
  return (
    <ConfirmDialog
      title={`Remove ${WHICH[group]}?`}
      confirmLabel="Remove limits"
      danger
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(group, { onSuccess: onClose })}
      onReadAgain={() => void read.refetch().then(onClose)}
      onClose={onClose}
    >
      {lost.length === 0 ? (
        <p>Everything here is unlimited already.</p>
      ) : (
        <>
          <p>These become unlimited at once:</p>
          <ul className="plain-list">
            {lost.map(({ name, label, unit }) => (
              <li key={name}>
                {label}: now {limitText(valueOf(limits, name), unit)}
              </li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  )
}
