import { Button, Tooltip } from '@mantine/core'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SecretReveal } from '../../ui/secret-reveal.tsx'
import { keysQuery, useCreateKey, useRevokeKey } from './keys.queries.ts'
import './keys.css'

/** What the gateway allows. */
const MOST_KEYS = 2

type Props = {
  cluster: string
  userId: string
  /** Why nothing can be changed here; `null` when it can. */
  locked: string | null
}

export function KeysPanel({ cluster, userId, locked }: Props) {
  const keys = useQuery(keysQuery(cluster, userId))
  const create = useCreateKey(cluster, userId)
  const [revoking, setRevoking] = useState<string | null>(null)
  useBlocker({ shouldBlockFn: () => true, disabled: !create.data, enableBeforeUnload: false })

  const count = keys.data?.length ?? 0
  const full = count >= MOST_KEYS ? `The gateway allows ${MOST_KEYS} keys. Revoke one first.` : null
  const reason = locked ?? full

  return (
    <QueryPanel
      title="Access keys"
      note="Key ids only. A secret is shown once, when its key is generated."
      query={keys}
      isEmpty={(list) => list.length === 0}
      empty={
        <EmptyState icon={<IconKey size={22} />} title="No access keys">
          Without a key this user cannot sign a request.
        </EmptyState>
      }
      actions={
        <Tooltip label={reason} disabled={reason === null}>
          <Button
            size="xs"
            variant="default"
            loading={create.isPending}
            aria-disabled={reason !== null}
            {...(reason !== null && { 'data-disabled': true })}
            disabled={keys.data === undefined}
            onClick={() => reason === null && create.mutate()}
          >
            Generate key
          </Button>
        </Tooltip>
      }
      partial={
        create.error && (
          <ProblemAlert
            error={create.error}
            onReadAgain={() => {
              create.reset()
              void keys.refetch()
            }}
          />
        )
      }
    >
      {(list) => (
        <>
          <ul className="keys">
            {list.map(({ id }) => (
              <li key={id}>
                <CopyText text={id} label="key id" />
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Revoke ${id}`}
                  disabled={locked !== null}
                  onClick={() => setRevoking(id)}
                >
                  Revoke…
                </Button>
              </li>
            ))}
          </ul>
          {reason && <p className="keys-reason">{reason}</p>}
          {revoking && (
            <RevokeDialog
              cluster={cluster}
              userId={userId}
              keyId={revoking}
              last={list.every(({ id }) => id === revoking)}
              onClose={() => setRevoking(null)}
            />
          )}
          {create.data && (
            <SecretReveal
              title="The key is generated"
              items={[
                { name: 'accessKeyId', label: 'Access key ID', value: create.data.id },
                { name: 'secretAccessKey', label: 'Secret access key', value: create.data.secret },
              ]}
              fileName={`ostor-key-${create.data.id}`}
              onStored={create.reset}
            />
          )}
        </>
      )}
    </QueryPanel>
  )
}

type RevokeProps = { cluster: string; userId: string; keyId: string; last: boolean; onClose: () => void }

function RevokeDialog({ cluster, userId, keyId, last, onClose }: RevokeProps) {
  const revoke = useRevokeKey(cluster, userId)
  const keys = useQuery({ ...keysQuery(cluster, userId), enabled: false })
  return (
    <ConfirmDialog
      title="Revoke this key?"
      confirmLabel="Revoke key"
      danger
      {...(last && { accept: 'This is the last key. The user cannot sign any request after this.' })}
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ keyId, acceptLastKey: last }, { onSuccess: onClose })}
      onReadAgain={() => void keys.refetch().then(onClose)}
      onClose={onClose}
    >
      <p className="mono">{keyId}</p>
      <p>
        Whatever signs with this key is refused at once. <strong>A revoked key does not come back.</strong>
      </p>
    </ConfirmDialog>
  )
}
