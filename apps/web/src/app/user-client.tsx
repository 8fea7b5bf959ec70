import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { nameOf } from '../features/clients/client-words.ts'
import { ForeignText } from '../ui/foreign-text.tsx'
import { useClientOfUser } from './use-client-of-user.ts'

type Props = { cluster: string; userId: string; email: string }

/** Whose user it is; nothing where there is no WHMCS. Whoever is limited to groups of users sees the name alone. */
export function UserClient({ cluster, userId, email }: Props) {
  const { isLimited, hasWhmcs, client } = useClientOfUser(cluster, userId)
  if (client === undefined || (client === null && !hasWhmcs)) return null
  if (client === null) {
    return (
      <span>
        <Trans>No client</Trans> ·{' '}
        <Link className="link" to="/c/$cluster/clients" params={{ cluster }} search={{ search: email }}>
          <Trans>find it</Trans>
        </Link>
      </span>
    )
  }
  const name = <ForeignText text={nameOf(client)} cap={60} />
  return (
    <span>
      {isLimited ? (
        <Trans>Client {name}</Trans>
      ) : (
        <Trans>
          Client{' '}
          <Link
            className="link"
            to="/c/$cluster/clients/$clientId"
            params={{ cluster, clientId: String(client.id) }}
            search={{}}
          >
            {name}
          </Link>
        </Trans>
      )}
    </span>
  )
}
