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
  /** The ways to another user. */
  actions: ReactNode
}

/** The S3 users of a client, one of which is shown under it. */
export function LinksPanel({ client, shown, onShow, actions }: Props) {
  const [leaving, setLeaving] = useState<ClientLink | null>(null)
  return (
    <Panel title="S3 users" note="WHMCS is told of their keys, and of no secret." actions={actions} flush>
      {client.links.length === 0 ? (
        <EmptyState title="No S3 user yet">
          Link a user that the gateway has, or make a new one. Then WHMCS is told of its keys.
        </EmptyState>
      ) : (
        <ul className="client-links">
          {client.links.map((link) => (
            <li key={`${link.cluster} ${link.userId}`}>
              <span>
                <Link
                  className="link"
                  to="/c/$cluster/users/$userId"
                  params={{ cluster: link.cluster, userId: link.userId }}
                  search={{}}
                >
                  <ForeignText text={link.email ?? link.linkedEmail} cap={120} />
                </Link>
                <span className="client-under">
                  {link.email === null && <strong>gone from the gateway · </strong>}
                  {link.email && link.email !== link.linkedEmail && (
                    <>
                      was <ForeignText text={link.linkedEmail} cap={80} /> ·{' '}
                    </>
                  )}
                  <span className="mono">{link.userId}</span> · linked <Age at={link.linkedAt} /> by{' '}
                  <ForeignText text={link.linkedBy} cap={64} />
                </span>
              </span>
              <span className="client-buttons">
                {client.links.length > 1 && (
                  <Button
                    size="compact-sm"
                    variant={link === shown ? 'light' : 'default'}
                    aria-pressed={link === shown}
                    aria-label={`Show ${link.email ?? link.linkedEmail}`}
                    onClick={() => onShow(link)}
                  >
                    {link === shown ? 'Shown below' : 'Show below'}
                  </Button>
                )}
                <VerbButton
                  verb="client.link"
                  size="compact-sm"
                  variant="default"
                  aria-label={`Unlink ${link.email ?? link.linkedEmail}`}
                  onClick={() => setLeaving(link)}
                >
                  Unlink…
                </VerbButton>
              </span>
            </li>
          ))}
        </ul>
      )}
      {leaving && <UnlinkDialog client={client} link={leaving} onClose={() => setLeaving(null)} />}
    </Panel>
  )
}

type UnlinkProps = { client: ClientDetail; link: ClientLink; onClose: () => void }

function UnlinkDialog({ client, link, onClose }: UnlinkProps) {
  const unlink = useUnlink(String(client.id))
  return (
    <ConfirmDialog
      title="Take the link away?"
      confirmLabel="Unlink"
      pending={unlink.isPending}
      error={unlink.error}
      onConfirm={() => unlink.mutate(link, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <ForeignText text={link.email ?? link.linkedEmail} cap={120} /> will not belong to{' '}
        <ForeignText text={nameOf(client)} cap={80} /> any more.
      </p>
      <p>
        The user, its keys and its data stay, and so do the notes at WHMCS. From then on WHMCS is told nothing about it.
        The running month is billed to the user alone, and not to this client; months that have ended stay with it.
      </p>
    </ConfirmDialog>
  )
}
