import { Alert } from '@mantine/core'
import type { OldSecret } from '@ostor-console/shared/whmcs'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { plural } from '../../format/counts.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { oldSecretsQuery, useRedact } from './whmcs-work.queries.ts'
import './whmcs.css'

const COLUMNS = ['Client', 'User', 'Key', 'Verdict', 'Next step']

/** The way from secrets in notes to none: first a new key for each, then the note. */
export function OldSecretsPanel({ cluster }: { cluster: string }) {
  const secrets = useQuery(oldSecretsQuery())
  const [open, setOpen] = useState<OldSecret | null>(null)
  const left = secrets.data?.items.filter(({ isRedacted }) => !isRedacted).length ?? 0
  return (
    <div className="stack">
      <Panel title="How it goes" note="For sites that ran the vendor’s scripts, which wrote secrets into notes.">
        <ol className="whmcs-steps">
          <li>
            <strong>Rotate the key.</strong> The client gets a new one and the old one stops to work. Only this ends the
            danger.
          </li>
          <li>
            <strong>Strike the secret out of the note.</strong> This is refused while the key still works, and touches
            nothing else of the note.
          </li>
        </ol>
        <p className="panel-note whmcs-after">
          Backups and logs of WHMCS still hold the old secret afterwards. It does no harm there once the key is revoked.
          The console never reads it.
        </p>
      </Panel>
      <QueryPanel
        title="Notes with a secret"
        note={secrets.data?.unavailable === null && `${plural(left, 'note')} left`}
        flush
        query={secrets}
        skeleton={<RowsSkeleton rows={4} />}
        isEmpty={({ items }) => items.length === 0}
        partial={({ unavailable, items }) => items.length > 0 && unavailable}
        empty={
          secrets.data?.unavailable ? (
            <Alert color="yellow" m="md" title="The notes could not be looked at">
              {secrets.data.unavailable}
            </Alert>
          ) : (
            <EmptyState icon={<IconCheck size={22} />} title="No note holds a secret">
              None of the notes at WHMCS has the form of the vendor’s scripts.
            </EmptyState>
          )
        }
      >
        {({ items }) => (
          <EntriesTable label="Notes with a secret" columns={COLUMNS}>
            {items.map((secret) => (
              <Row key={secret.noteId} cluster={cluster} secret={secret} onRedact={() => setOpen(secret)} />
            ))}
          </EntriesTable>
        )}
      </QueryPanel>
      {open && <RedactDialog secret={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

type RowProps = { cluster: string; secret: OldSecret; onRedact: () => void }

function Row({ cluster, secret, onRedact }: RowProps) {
  const { clientId, clientName, userId, keyId, isValid, isRedacted } = secret
  return (
    <tr>
      <td data-label="Client">
        <Link
          className="link"
          to="/c/$cluster/clients/$clientId"
          params={{ cluster, clientId: String(clientId) }}
          search={{}}
        >
          <ForeignText text={clientName ?? `Client ${clientId}`} cap={60} />
        </Link>
      </td>
      <td data-label="User">
        {secret.cluster === null ? (
          <ForeignText text={userId} cap={40} mono />
        ) : (
          <Link
            className="link"
            to="/c/$cluster/users/$userId"
            params={{ cluster: secret.cluster, userId }}
            search={{}}
          >
            <ForeignText text={userId} cap={40} mono />
          </Link>
        )}
      </td>
      <td data-label="Key">
        <ForeignText text={keyId} cap={40} mono />
      </td>
      <td data-label="Verdict">
        <Verdict secret={secret} />
      </td>
      <td data-label="Next step">
        {isRedacted ? (
          <span className="dimmed">Done</span>
        ) : isValid === true && secret.cluster !== null ? (
          <Link
            className="link"
            to="/c/$cluster/users/$userId"
            params={{ cluster: secret.cluster, userId }}
            search={{ tab: 'keys' }}
          >
            1. Rotate the key
          </Link>
        ) : isValid === false ? (
          <VerbButton
            verb="whmcs.manage"
            size="compact-xs"
            variant="default"
            aria-label={`Strike out the secret of ${keyId}`}
            onClick={onRedact}
          >
            2. Strike out…
          </VerbButton>
        ) : (
          <span className="dimmed">Read again once the gateway answers</span>
        )}
      </td>
    </tr>
  )
}

function Verdict({ secret: { isValid, isRedacted, cluster } }: { secret: OldSecret }) {
  if (isRedacted) return <StateDot tone="good">Struck out</StateDot>
  if (isValid === null) return <StateDot tone="warn">Not known whether it works</StateDot>
  if (isValid) return <StateDot tone="bad">The key still works</StateDot>
  return <StateDot tone="off">{cluster === null ? 'No cluster has it' : 'The key is revoked'}</StateDot>
}

function RedactDialog({
  secret: { noteId, clientId, clientName, keyId },
  onClose,
}: {
  secret: OldSecret
  onClose: () => void
}) {
  const redact = useRedact()
  return (
    <ConfirmDialog
      title="Strike the secret out?"
      confirmLabel="Strike it out"
      pending={redact.isPending}
      error={redact.error}
      onConfirm={() => redact.mutate({ noteId, clientId, keyId }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="mono">{keyId}</p>
      <p>
        The line with the secret goes from note {noteId} of <ForeignText text={clientName ?? `client ${clientId}`} />;
        its other lines stay. This cannot be undone.
      </p>
      <p>Backups and logs of WHMCS still hold it.</p>
    </ConfirmDialog>
  )
}
