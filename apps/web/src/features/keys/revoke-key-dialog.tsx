import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Due, instantOf } from '../../format/due.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DueField } from '../../ui/due-field.tsx'
import { keysQuery, useRevokeKey, useScheduleRevocation } from './keys.queries.ts'

type Props = { cluster: string; userId: string; keyId: string; last: boolean; onClose: () => void }

export function RevokeKeyDialog({ cluster, userId, keyId, last, onClose }: Props) {
  const revoke = useRevokeKey(cluster, userId)
  const schedule = useScheduleRevocation(cluster, userId)
  const keys = useQuery({ ...keysQuery(cluster, userId), enabled: false })
  const [due, setDue] = useState<Due>({ delay: 'now' })
  const [dueError, setDueError] = useState<string | null>(null)
  const isNow = due.delay === 'now'

  const confirm = () => {
    const found = instantOf(due, new Date())
    if ('error' in found) setDueError(found.error)
    else if (found.at === null) revoke.mutate({ keyId, acceptLastKey: last }, { onSuccess: onClose })
    else schedule.mutate({ keyId, acceptLastKey: last, dueAt: found.at }, { onSuccess: onClose })
  }
  return (
    <ConfirmDialog
      title="Revoke this key?"
      confirmLabel={isNow ? 'Revoke key' : 'Schedule revocation'}
      danger
      {...(last && { accept: 'This is the last key. The user cannot sign any request after this.' })}
      pending={revoke.isPending || schedule.isPending}
      error={isNow ? revoke.error : schedule.error}
      onConfirm={confirm}
      onReadAgain={() => void keys.refetch().then(onClose)}
      onClose={onClose}
    >
      <p className="mono">{keyId}</p>
      <p>
        Whatever signs with this key is refused from then on. <strong>A revoked key does not come back.</strong>
      </p>
      <DueField
        label="When"
        due={due}
        canBeNow
        error={dueError}
        onDue={(next) => {
          setDue(next)
          setDueError(null)
        }}
      />
    </ConfirmDialog>
  )
}
