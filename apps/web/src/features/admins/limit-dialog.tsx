import { Trans, useLingui } from '@lingui/react/macro'
import type { Person } from '@ostor-console/shared/admins'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useSetLimit } from './admins.queries.ts'
import { LimitChoice, type LimitDraft } from './limit-choice.tsx'

/** Asks which users the role of somebody reaches. */
export function LimitDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useLingui()
  const [draft, setDraft] = useState<LimitDraft>(person.limitedTo?.map(({ id }) => id) ?? null)
  const change = useSetLimit(person)
  return (
    <ConfirmDialog
      title={t`Limit of ${person.email}`}
      confirmLabel={t`Set the limit`}
      incomplete={draft?.length === 0}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(draft, { onSuccess: onClose })}
      onClose={onClose}
    >
      <LimitChoice draft={draft} onChange={setDraft} />
      <p>
        <Trans>
          It holds from their next request on. What is about all users, such as usage of the whole cluster, is out of
          reach for whoever is limited.
        </Trans>
      </p>
    </ConfirmDialog>
  )
}
