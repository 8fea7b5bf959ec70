import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { ClientDetail, ClientLink } from '@ostor-console/shared/clients'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { Age } from '../../ui/age.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { nameOf } from './client-words.ts'
import { useUnlink } from './clients.queries.ts'
import './clients.css'

type Props = {
  client: ClientDetail
  shown: ClientLink | undefined
  onShow: (link: ClientLink) => void
  /** The name of its cluster; `null` where there is one cluster only. */
  whereOf: (link: ClientLink) => string | null
  /** The ways to another user. */
  actions: ReactNode
}

/** The S3 users of a client, one of which is shown under it. */
export function LinksPanel({ client, shown, onShow, whereOf, actions }: Props) {
  const { t } = useLingui()
  const [leaving, setLeaving] = useState<ClientLink | null>(null)
  return (
    <Panel title={t`S3 users`} note={t`WHMCS is told of their keys, and of no secret.`} actions={actions} flush>
      {client.links.length === 0 ? (
        <EmptyState title={t`No S3 user yet`}>
          <Trans>Link a user that the gateway has, or make a new one. Then WHMCS is told of its keys.</Trans>
        </EmptyState>
      ) : (
        <ul className="client-links">
          {client.links.map((link) => (
            <LinkRow
              key={`${link.cluster} ${link.userId}`}
              link={link}
              where={whereOf(link)}
              isOnly={client.links.length === 1}
              isShown={link === shown}
              onShow={() => onShow(link)}
              onLeave={() => setLeaving(link)}
            />
          ))}
        </ul>
      )}
      {leaving && (
        <UnlinkDialog client={client} link={leaving} where={whereOf(leaving)} onClose={() => setLeaving(null)} />
      )}
    </Panel>
  )
}

type RowProps = {
  link: ClientLink
  where: string | null
  isOnly: boolean
  isShown: boolean
  onShow: () => void
  onLeave: () => void
}

function LinkRow({ link, where, isOnly, isShown, onShow, onLeave }: RowProps) {
  const { t } = useLingui()
  const { cluster, userId, email, linkedEmail, linkedAt, linkedBy } = link
  const name = email ?? linkedEmail
  return (
    <li>
      <span>
        <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId }} search={{}}>
          <ForeignText text={name} cap={120} />
        </Link>
        <span className="client-under">
          {email === null && <strong>{t`gone from the gateway`} · </strong>}
          {email && email !== linkedEmail && (
            <>
              <Trans>
                was <ForeignText text={linkedEmail} cap={80} />
              </Trans>{' '}
              ·{' '}
            </>
          )}
          {where !== null && (
            <>
              <ForeignText text={where} cap={60} /> ·{' '}
            </>
          )}
          <span className="mono">{userId}</span> ·{' '}
          <Trans>
            linked <Age at={linkedAt} /> by <ForeignText text={linkedBy} cap={64} />
          </Trans>
        </span>
      </span>
      <span className="client-buttons">
        {!isOnly && (
          <Button
            size="compact-sm"
            variant={isShown ? 'light' : 'default'}
            aria-pressed={isShown}
            aria-label={t`Show ${name}`}
            onClick={onShow}
          >
            {isShown ? <Trans>Shown below</Trans> : <Trans>Show below</Trans>}
          </Button>
        )}
        <VerbButton
          verb="client.link"
          size="compact-sm"
          variant="default"
          aria-label={t`Unlink ${name}`}
          onClick={onLeave}
        >
          <Trans>Unlink…</Trans>
        </VerbButton>
      </span>
    </li>
  )
}

type UnlinkProps = { client: ClientDetail; link: ClientLink; where: string | null; onClose: () => void }

function UnlinkDialog({ client, link, where, onClose }: UnlinkProps) {
  const { t } = useLingui()
  const unlink = useUnlink(String(client.id))
  return (
    <ConfirmDialog
      title={t`Take the link away?`}
      confirmLabel={t`Unlink`}
      pending={unlink.isPending}
      error={unlink.error}
      onConfirm={() => unlink.mutate(link, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <Trans>
          <ForeignText text={link.email ?? link.linkedEmail} cap={120} /> will not belong to{' '}
          <ForeignText text={nameOf(client)} cap={80} /> any more.
        </Trans>
        {where !== null && (
          <>
            {' '}
            <Trans>
              It is in the cluster <ForeignText text={where} cap={60} />.
            </Trans>
          </>
        )}
      </p>
      <p>
        <Trans>
          The user, its keys and its data stay, and so do the notes at WHMCS. From then on WHMCS is told nothing about
          it. The running month is billed to the user alone, and not to this client; months that have ended stay with
          it.
        </Trans>
      </p>
    </ConfirmDialog>
  )
}
