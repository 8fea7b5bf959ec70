import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { MAX_KEYS } from '@ostor-console/shared/bounds'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { ReasonButton } from '../../ui/reason-button.tsx'
import { SecretReveal } from '../../ui/secret-reveal.tsx'
import { useShownOnce } from '../../ui/shown-once.ts'
import { KeyRow } from './key-row.tsx'
import { keysQuery, useCreateKey, useRotateKey } from './keys.queries.ts'
import { RevokeKeyDialog } from './revoke-key-dialog.tsx'
import { RotateKeyDialog } from './rotate-key-dialog.tsx'
import './keys.css'

const NO_PLACE = msg`A rotation needs a free place for the new key. Revoke the key that nothing uses any more, then rotate the other one.`

type Props = {
  cluster: string
  userId: string
  /** Why nothing can be changed here; `null` when it can. */
  locked: string | null
  /** Key id → when it is to be revoked. */
  endings: ReadonlyMap<string, string>
  /** Said beside the secret of a new key: who else is told of it. */
  told?: ReactNode
}

export function KeysPanel({ cluster, userId, locked: given, endings, told }: Props) {
  const { t } = useLingui()
  const refusal = useRefusal('key.create')
  const locked = given ?? refusal
  const keys = useQuery(keysQuery(cluster, userId))
  const create = useCreateKey(cluster, userId)
  const rotate = useRotateKey(cluster, userId)
  const [asked, ask] = useState<{ keyId: string; to: 'rotate' | 'revoke' } | null>(null)
  const made = create.data ?? rotate.data?.key
  useShownOnce(create.isPending || rotate.isPending || made !== undefined)

  const count = keys.data?.length ?? 0
  const full = count >= MAX_KEYS ? t`The gateway allows ${MAX_KEYS} keys. Revoke one first.` : null
  const reason = locked ?? full
  const unrotatable = locked ?? (full && t(NO_PLACE))
  const close = () => ask(null)

  return (
    <>
      <QueryPanel
        title={t`Access keys`}
        note={t`Key ids only. A secret is shown once, when its key is generated.`}
        query={keys}
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyState icon={<IconKey size={22} />} title={t`No access keys`}>
            <Trans>Without a key this user cannot sign a request.</Trans>
          </EmptyState>
        }
        actions={
          <ReasonButton
            size="xs"
            variant="default"
            reason={reason}
            busy={create.isPending}
            disabled={keys.data === undefined || made !== undefined}
            onClick={() => create.mutate()}
          >
            <Trans>Generate key</Trans>
          </ReasonButton>
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
              {list.map((key) => (
                <KeyRow
                  key={key.id}
                  pair={key}
                  endsAt={endings.get(key.id) ?? null}
                  locked={locked}
                  unrotatable={unrotatable}
                  onRotate={() => {
                    rotate.reset()
                    ask({ keyId: key.id, to: 'rotate' })
                  }}
                  onRevoke={() => ask({ keyId: key.id, to: 'revoke' })}
                />
              ))}
            </ul>
            {reason && <p className="keys-reason">{reason}</p>}
          </>
        )}
      </QueryPanel>
      {asked?.to === 'revoke' && (
        <RevokeKeyDialog
          cluster={cluster}
          userId={userId}
          keyId={asked.keyId}
          last={(keys.data ?? []).every(({ id }) => id === asked.keyId)}
          onClose={close}
        />
      )}
      {asked?.to === 'rotate' && <RotateKeyDialog keyId={asked.keyId} rotate={rotate} onClose={close} />}
      {made && (
        <SecretReveal
          title={t`The key is generated`}
          items={[
            { name: 'accessKeyId', label: t`Access key ID`, value: made.id },
            { name: 'secretAccessKey', label: t`Secret access key`, value: made.secret },
          ]}
          fileName={`ostor-key-${made.id}`}
          note={told}
          onStored={() => {
            create.reset()
            rotate.reset()
          }}
        />
      )}
    </>
  )
}
