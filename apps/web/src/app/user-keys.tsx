import { Trans, useLingui } from '@lingui/react/macro'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import { KeysPanel } from '../features/keys/keys-panel.tsx'
import { UsagePanel } from '../features/usage/usage-panel.tsx'
import { KeyTold } from './key-told.tsx'

type Props = { cluster: string; userId: string; locked: string | null; changes: readonly ScheduledChange[] }

/** The keys of a user and, while one takes the place of another, the traffic to watch. */
export function UserKeys({ cluster, userId, locked, changes }: Props) {
  const { t } = useLingui()
  const endings = new Map(changes.flatMap(({ keyId, dueAt }) => (keyId === null ? [] : [[keyId, dueAt] as const])))
  const rotation = changes.find(({ isRotation, state }) => isRotation && state !== 'preparing')
  return (
    <div className="panels">
      <KeysPanel
        cluster={cluster}
        userId={userId}
        locked={locked}
        endings={endings}
        told={<KeyTold cluster={cluster} userId={userId} />}
      />
      {rotation && (
        <>
          <p className="dimmed">
            <Trans>
              Traffic shows that the user is served, not with which key: the gateway does not count by key. Ask the user
              before the old one goes.
            </Trans>
          </p>
          <UsagePanel
            cluster={cluster}
            userId={userId}
            title={t`Traffic since the rotation began`}
            range="24h"
            flags={[{ at: rotation.askedAt, label: t`New key generated`, detail: rotation.newKeyId ?? undefined }]}
          />
        </>
      )}
    </div>
  )
}
