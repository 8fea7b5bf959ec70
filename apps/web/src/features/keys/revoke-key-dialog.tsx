import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DueField, useDue } from '../../ui/due-field.tsx'
import { keysQuery, useRevokeKey, useScheduleRevocation } from './keys.queries.ts'

type Props = { cluster: string; userId: string; keyId: string; last: boolean; onClose: () => void }

export function RevokeKeyDialog({ cluster, userId, keyId, last, onClose }: Props) {
  const { t } = useLingui()
  const revoke = useRevokeKey(cluster, userId)
  const schedule = useScheduleRevocation(cluster, userId)
  const keys = useQuery({ ...keysQuery(cluster, userId), enabled: false })
  const when = useDue({ delay: 'now' })

  const confirm = (dueAt: string | null) => {
    const wanted = { keyId, acceptLastKey: last }
    if (dueAt === null) revoke.mutate(wanted, { onSuccess: onClose })
    else schedule.mutate({ ...wanted, dueAt }, { onSuccess: onClose })
  }
  return (
    <ConfirmDialog
      title={t`Revoke this key?`}
      confirmLabel={when.isNow ? t`Revoke key` : t`Schedule revocation`}
      danger
      {...(last && { accept: t`This is the last key. The user cannot sign any request after this.` })}
      pending={revoke.isPending || schedule.isPending}
      error={when.isNow ? revoke.error : schedule.error}
      onConfirm={() => when.confirm(confirm)}
      onReadAgain={() => void keys.refetch().then(onClose)}
      onClose={onClose}
    >
      <p className="mono">{keyId}</p>
      <p>
        <Trans>
          Whatever signs with this key is refused from then on. <strong>A revoked key does not come back.</strong>
        </Trans>
      </p>
      <DueField label={t`When`} canBeNow {...when.field} />
    </ConfirmDialog>
  )
}
