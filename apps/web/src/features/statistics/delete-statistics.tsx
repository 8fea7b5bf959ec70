import { Trans, useLingui } from '@lingui/react/macro'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { useDeleteStatistics } from './statistics.queries.ts'

type Props = {
  cluster: string
  name: string
  isBackedUp: boolean
  onClose: () => void
  onDeleted: () => void
  onReadAgain: () => void
}

export function DeleteStatistics({ cluster, name, isBackedUp, onClose, onDeleted, onReadAgain }: Props) {
  const { t } = useLingui()
  const remove = useDeleteStatistics(cluster, name)
  return (
    <ConfirmDialog
      title={t`Delete this statistics object at the gateway?`}
      confirmLabel={t`Delete at the gateway`}
      danger
      typed={{ label: t`Type the name of the object`, text: name }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(name, { onSuccess: onDeleted })}
      onReadAgain={onReadAgain}
      onClose={onClose}
    >
      <p className="statistics-name">
        <CopyText text={name} label={t`object name`} cap={128} />
      </p>
      <Trans>
        The gateway forgets it and cannot bring it back. Its figures are stored in the console and stay in all charts.
      </Trans>
      {!isBackedUp && (
        <p>
          <Trans>
            <strong>No backup of the console holds it</strong>, so its figures are in this store alone from then on.
          </Trans>
        </p>
      )}
    </ConfirmDialog>
  )
}
