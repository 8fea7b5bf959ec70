import { Trans, useLingui } from '@lingui/react/macro'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DueField, useDue } from '../../ui/due-field.tsx'
import type { useRotateKey } from './keys.queries.ts'

type Props = { keyId: string; rotate: ReturnType<typeof useRotateKey>; onClose: () => void }

/** Says the whole way before it is begun. */
export function RotateKeyDialog({ keyId, rotate, onClose }: Props) {
  const { t } = useLingui()
  const when = useDue({ delay: 'week' })
  const confirm = (dueAt: string | null) => {
    if (dueAt !== null) rotate.mutate({ keyId, dueAt }, { onSuccess: onClose })
  }
  return (
    <ConfirmDialog
      title={t`Rotate this key?`}
      confirmLabel={t`Generate the new key`}
      pending={rotate.isPending}
      error={rotate.error}
      onConfirm={() => when.confirm(confirm)}
      onClose={onClose}
    >
      <p className="mono">{keyId}</p>
      <ol className="steps">
        <li>
          <Trans>A new key is generated now, and its secret is shown once. Give it to the user.</Trans>
        </li>
        <li>
          <Trans>Both keys work side by side. You can close this page; the console goes on.</Trans>
        </li>
        <li>
          <Trans>At the date below the old key is revoked, unless you stop it or change the date.</Trans>
        </li>
      </ol>
      <p>
        <Trans>The gateway does not count by key, so nobody but the user can tell when the new one is in use.</Trans>
      </p>
      <DueField label={t`Revoke the old key`} {...when.field} />
    </ConfirmDialog>
  )
}
