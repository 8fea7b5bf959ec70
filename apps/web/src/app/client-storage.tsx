import { Trans, useLingui } from '@lingui/react/macro'
import type { ClientDetail, ClientLink } from '@ostor-console/shared/clients'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRefusal } from '../api/role.ts'
import { VerbButton } from '../api/verb-button.tsx'
import { nameOf } from '../features/clients/client-words.ts'
import { LinksPanel } from '../features/clients/links-panel.tsx'
import { LimitsPanel } from '../features/limits/limits-panel.tsx'
import { scheduledQuery } from '../features/scheduled/scheduled.queries.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { lockedBecause } from '../features/users/user-lock.ts'
import { userQuery } from '../features/users/users.queries.ts'
import { dialogOnDemand } from '../ui/dialog-on-demand.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { useLastError } from '../ui/last-error.ts'
import { panelOnDemand } from '../ui/panel-on-demand.tsx'
import { ProblemAlert, problemOf } from '../ui/problem-alert.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import { ClientTold } from './key-told.tsx'
import { LinkUserDialog } from './link-user-dialog.tsx'
import { UserKeys } from './user-keys.tsx'

const CreateUserDialog = dialogOnDemand(() => import('../features/users/create-user-dialog.tsx'))
const UserUsage = panelOnDemand(() => import('./user-usage.tsx'), 'UserUsage')

type Props = {
  cluster: string
  client: ClientDetail
  shown: ClientLink | undefined
  onShow: (shown: { user: string; of: string }) => void
}

/** The S3 users of a client, and one of them with keys, limits and usage. */
export function ClientStorage({ cluster, client, shown, onShow }: Props) {
  const [open, setOpen] = useState<'link' | 'create' | null>(null)
  const clusters = useQuery(sessionQuery()).data?.clusters ?? []
  const whereOf = ({ cluster: of }: ClientLink) =>
    clusters.length > 1 ? (clusters.find(({ id }) => id === of)?.name ?? of) : null
  const close = () => setOpen(null)
  return (
    <div className="stack">
      <LinksPanel
        client={client}
        shown={shown}
        whereOf={whereOf}
        onShow={(link) => {
          if (link !== shown) onShow({ user: link.userId, of: link.cluster })
        }}
        actions={
          <>
            <VerbButton verb="client.link" size="xs" variant="default" onClick={() => setOpen('link')}>
              <Trans>Link an S3 user</Trans>
            </VerbButton>
            <NewUserButton onClick={() => setOpen('create')} />
          </>
        }
      />
      {shown && (
        <LinkedUser
          key={`${shown.cluster} ${shown.userId}`}
          link={shown}
          where={whereOf(shown)}
          isOneOfMany={client.links.length > 1}
        />
      )}
      {open === 'link' && <LinkUserDialog cluster={cluster} client={client} onClose={close} />}
      {open === 'create' && (
        <CreateUserDialog
          cluster={cluster}
          email={client.email}
          client={{ id: client.id, told: <ClientTold clientId={client.id} name={nameOf(client)} /> }}
          onClose={close}
          onCreated={(userId) => {
            close()
            onShow({ user: userId, of: cluster })
          }}
        />
      )}
    </div>
  )
}

function NewUserButton({ onClick }: { onClick: () => void }) {
  const reason = useRefusal('client.link')
  return (
    <VerbButton verb="user.create" reason={reason} size="xs" variant="default" onClick={onClick}>
      <Trans>New S3 user</Trans>
    </VerbButton>
  )
}

type LinkedProps = { link: ClientLink; where: string | null; isOneOfMany: boolean }

function LinkedUser({ link: { cluster, userId, email, linkedEmail }, where, isOneOfMany }: LinkedProps) {
  const { t } = useLingui()
  const refusal = useRefusal('user.see')
  const user = useQuery(userQuery(cluster, userId))
  const changes = useQuery({ ...scheduledQuery(cluster, userId), enabled: refusal === null }).data?.open ?? []
  const locked = user.data ? lockedBecause(user.data) : null
  const isDisabled = user.data?.state === 'disabled'
  const error = useLastError(user)
  const isGone = problemOf(error).type === '/problems/user-not-found'
  if (isGone && user.data === undefined) {
    return (
      <section className="list" aria-label={t`S3 user`}>
        <EmptyState title={t`The gateway has no such user`}>
          <Trans>It may have been deleted outside the console. Take the link away once you know.</Trans>
        </EmptyState>
      </section>
    )
  }
  return (
    <>
      {(isOneOfMany || isDisabled || where !== null) && (
        <h2 className="client-shown">
          <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId }} search={{}}>
            <ForeignText text={email ?? linkedEmail} cap={120} />
          </Link>
          {where !== null && (
            <span className="client-where">
              <Trans>
                in the cluster <ForeignText text={where} cap={60} />
              </Trans>
            </span>
          )}
          {isDisabled && <StateDot tone="warn">{t`Disabled`}</StateDot>}
        </h2>
      )}
      {error && !user.data && (
        <ProblemAlert error={error} onRetry={() => void user.refetch()} isRetrying={user.isFetching} />
      )}
      {refusal === null ? (
        <>
          <UserKeys cluster={cluster} userId={userId} locked={locked} changes={changes} />
          <LimitsPanel cluster={cluster} target={{ userId }} locked={locked} />
        </>
      ) : (
        <section className="list" aria-label={t`Keys and limits`}>
          <EmptyState title={t`Keys and limits are out of reach`}>{refusal}</EmptyState>
        </section>
      )}
      <UserUsage cluster={cluster} userId={userId} />
    </>
  )
}
