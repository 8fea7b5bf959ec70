import { Trans, useLingui } from '@lingui/react/macro'
import type { ClientDetail } from '@ostor-console/shared/clients'
import { Link } from '@tanstack/react-router'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { NOTE_WORDS } from './client-words.ts'

/** Our own notes at WHMCS about this client; those of people there are not ours to read. */
export function NotesPanel({ notes }: Pick<ClientDetail, 'notes'>) {
  const { t } = useLingui()
  const columns = [t`About`, t`User`, t`Note`, t`When`]
  return (
    <Panel title={t`Our notes at WHMCS`} note={t`They name users and keys and hold no secret.`} flush>
      {notes.length === 0 ? (
        <EmptyState title={t`No notes yet`}>
          <Trans>The first one comes with the first key of a linked user.</Trans>
        </EmptyState>
      ) : (
        <EntriesTable label={t`Our notes at WHMCS`} columns={columns}>
          {notes.map(({ cluster, userId, keyId, state, at }) => (
            <tr key={`${cluster} ${userId} ${keyId}`}>
              <td data-label={t`About`}>
                {keyId === null ? t`the user` : <ForeignText text={t`key ${keyId}`} cap={60} mono />}
              </td>
              <td data-label={t`User`}>
                <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId }} search={{}}>
                  <ForeignText text={userId} cap={40} mono />
                </Link>
              </td>
              <td data-label={t`Note`}>
                <StateDot tone={NOTE_WORDS[state].tone}>{t(NOTE_WORDS[state].word)}</StateDot>
              </td>
              <td data-label={t`When`}>
                <Age at={at} />
              </td>
            </tr>
          ))}
        </EntriesTable>
      )}
    </Panel>
  )
}
