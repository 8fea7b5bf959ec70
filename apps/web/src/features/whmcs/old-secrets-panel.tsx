import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert } from '@mantine/core'
import type { OldSecret } from '@ostor-console/shared/whmcs'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { oldSecretsQuery, useRedact } from './whmcs-work.queries.ts'
import './whmcs.css'

/** The way from secrets in notes to none: first a new key for each, then the note. */
export function OldSecretsPanel({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const columns = [t`Client`, t`User`, t`Key`, t`Verdict`, t`Next step`]
  const secrets = useQuery(oldSecretsQuery())
  const [open, setOpen] = useState<OldSecret | null>(null)
  const unavailable = secrets.data?.unavailable && <ServerSentence text={secrets.data.unavailable} />
  const left = secrets.data?.items.filter(({ isRedacted }) => !isRedacted).length ?? 0
  return (
    <div className="stack">
      <Panel title={t`How it goes`} note={t`For sites that ran the vendor’s scripts, which wrote secrets into notes.`}>
        <ol className="whmcs-steps">
          <li>
            <Trans>
              <strong>Rotate the key.</strong> The client gets a new one and the old one stops to work. Only this ends
              the danger.
            </Trans>
          </li>
          <li>
            <Trans>
              <strong>Strike the secret out of the note.</strong> This is refused while the key still works, and touches
              nothing else of the note.
            </Trans>
          </li>
        </ol>
        <p className="panel-note whmcs-after">
          <Trans>
            Backups and logs of WHMCS still hold the old secret afterwards. It does no harm there once the key is
            revoked. The console never reads it.
          </Trans>
        </p>
      </Panel>
      <QueryPanel
        title={t`Notes with a secret`}
        note={secrets.data?.unavailable === null && plural(left, { one: '# note left', other: '# notes left' })}
        flush
        query={secrets}
        skeleton={<RowsSkeleton rows={4} />}
        isEmpty={({ items }) => items.length === 0}
        partial={secrets.data?.items.length !== 0 && unavailable}
        empty={
          unavailable ? (
            <Alert color="yellow" m="md" title={t`The notes could not be looked at`}>
              {unavailable}
            </Alert>
          ) : (
            <EmptyState icon={<IconCheck size={22} />} title={t`No note holds a secret`}>
              <Trans>None of the notes at WHMCS has the form of the vendor’s scripts.</Trans>
            </EmptyState>
          )
        }
      >
        {({ items }) => (
          <EntriesTable label={t`Notes with a secret`} columns={columns}>
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
  const { t } = useLingui()
  const { clientId, clientName, userId, keyId, isValid, isRedacted } = secret
  return (
    <tr>
      <td data-label={t`Client`}>
        <Link
          className="link"
          to="/c/$cluster/clients/$clientId"
          params={{ cluster, clientId: String(clientId) }}
          search={{}}
        >
          <ForeignText text={clientName ?? t`Client ${clientId}`} cap={60} />
        </Link>
      </td>
      <td data-label={t`User`}>
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
      <td data-label={t`Key`}>
        <ForeignText text={keyId} cap={40} mono />
      </td>
      <td data-label={t`Verdict`}>
        <Verdict secret={secret} />
      </td>
      <td data-label={t`Next step`}>
        {isRedacted ? (
          <span className="dimmed">{t`Done`}</span>
        ) : isValid === true && secret.cluster !== null ? (
          <Link
            className="link"
            to="/c/$cluster/users/$userId"
            params={{ cluster: secret.cluster, userId }}
            search={{ tab: 'keys' }}
          >
            <Trans>1. Rotate the key</Trans>
          </Link>
        ) : isValid === false ? (
          <VerbButton
            verb="whmcs.manage"
            size="compact-xs"
            variant="default"
            aria-label={t`Strike out the secret of ${keyId}`}
            onClick={onRedact}
          >
            <Trans>2. Strike out…</Trans>
          </VerbButton>
        ) : (
          <span className="dimmed">{t`Read again once the gateway answers`}</span>
        )}
      </td>
    </tr>
  )
}

function Verdict({ secret: { isValid, isRedacted, cluster } }: { secret: OldSecret }) {
  const { t } = useLingui()
  if (isRedacted) return <StateDot tone="good">{t`Struck out`}</StateDot>
  if (isValid === null) return <StateDot tone="warn">{t`Not known whether it works`}</StateDot>
  if (isValid) return <StateDot tone="bad">{t`The key still works`}</StateDot>
  return <StateDot tone="off">{cluster === null ? t`No cluster has it` : t`The key is revoked`}</StateDot>
}

function RedactDialog({
  secret: { noteId, clientId, clientName, keyId },
  onClose,
}: {
  secret: OldSecret
  onClose: () => void
}) {
  const { t } = useLingui()
  const redact = useRedact()
  return (
    <ConfirmDialog
      title={t`Strike the secret out?`}
      confirmLabel={t`Strike it out`}
      pending={redact.isPending}
      error={redact.error}
      onConfirm={() => redact.mutate({ noteId, clientId, keyId }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="mono">{keyId}</p>
      <p>
        <Trans>
          The line with the secret goes from note {noteId} of <ForeignText text={clientName ?? t`client ${clientId}`} />
          ; its other lines stay. This cannot be undone.
        </Trans>
      </p>
      <p>
        <Trans>Backups and logs of WHMCS still hold it.</Trans>
      </p>
    </ConfirmDialog>
  )
}
