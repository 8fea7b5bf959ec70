import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { nameOf } from '../features/clients/client-words.ts'
import { queueQuery } from '../features/messages/messages.queries.ts'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'
import { isDown } from '../features/whmcs/whmcs-words.ts'
import { ForeignText } from '../ui/foreign-text.tsx'
import { useClientOfUser } from './use-client-of-user.ts'

/** Beside the secret of a new key: that WHMCS is told of the key, and never of its secret. */
export function KeyTold({ cluster, userId }: { cluster: string; userId: string }) {
  const { isLimited, client } = useClientOfUser(cluster, userId)
  if (!client) return null
  return isLimited ? <Told name={nameOf(client)} /> : <ClientTold clientId={client.id} name={nameOf(client)} />
}

/** The same where the client is known. */
export function ClientTold({ clientId, name }: { clientId: number; name: string }) {
  const status = useQuery(whmcsQuery()).data
  const queue = useQuery(queueQuery({ show: 'undelivered', clientId: String(clientId) })).data
  if (!status || status.mode === 'off') return null
  if (status.mode === 'compat') {
    return (
      <Trans>
        <strong className="danger-text">The secret is written into a note at WHMCS</strong>, because the mode is compat.
      </Trans>
    )
  }
  if (!isDown(status)) return <Told name={name} />
  const queued = queue?.matching ?? 0
  return queued > 0 ? (
    <Trans>
      WHMCS will be told of the key of <ForeignText text={name} cap={60} /> when it is back:{' '}
      <strong>{queued} queued</strong>. The secret stays here.
    </Trans>
  ) : (
    <Trans>
      WHMCS will be told of the key of <ForeignText text={name} cap={60} /> when it is back. The secret stays here.
    </Trans>
  )
}

const Told = ({ name }: { name: string }) => (
  <Trans>
    WHMCS is told that <ForeignText text={name} cap={60} /> has this key. The secret stays here.
  </Trans>
)
