import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { Limits } from '@ostor-console/shared/limits'
import { useQuery } from '@tanstack/react-query'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FIELDS, limitText, valueOf } from './limit-fields.ts'
import { type Group, limitsQuery, type Target, useRemoveLimits } from './limits.queries.ts'

type Props = { cluster: string; target: Target; limits: Limits; group: Group; onClose: () => void }

const QUESTIONS: Record<Group, MessageDescriptor> = {
  opsPerSecond: msg`Remove the limits on operations?`,
  bandwidth: msg`Remove the limit on bandwidth?`,
  all: msg`Remove all limits?`,
}

export function RemoveLimitsDialog({ cluster, target, limits, group, onClose }: Props) {
  const { t } = useLingui()
  const remove = useRemoveLimits(cluster, target)
  const read = useQuery({ ...limitsQuery(cluster, target), enabled: false })
  const lost = FIELDS.filter(
    (field) => (group === 'all' || field.group === group) && valueOf(limits, field.name) !== 'unlimited',
  )
  return (
    <ConfirmDialog
      title={t(QUESTIONS[group])}
      confirmLabel={t`Remove limits`}
      danger
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(group, { onSuccess: onClose })}
      onReadAgain={() => void read.refetch().then(onClose)}
      onClose={onClose}
    >
      {lost.length === 0 ? (
        <p>
          <Trans>Everything here is unlimited already.</Trans>
        </p>
      ) : (
        <>
          <p>
            <Trans>These become unlimited at once:</Trans>
          </p>
          <ul className="plain-list">
            {lost.map((field) => {
              const label = t(field.label)
              const limit = limitText(valueOf(limits, field.name), field.unit)
              return <li key={field.name}>{t`${label}: now ${limit}`}</li>
            })}
          </ul>
        </>
      )}
    </ConfirmDialog>
  )
}
