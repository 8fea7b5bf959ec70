import type { ClientDetail } from '@ostor-console/shared/clients'
import { Link } from '@tanstack/react-router'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { NOTE_WORDS } from './client-words.ts'

const COLUMNS = ['About', 'User', 'Note', 'When']

/** Our own notes at WHMCS about this client; those of people there are not ours to read. */
export function NotesPanel({ notes }: Pick<ClientDetail, 'notes'>) {
  return (
    <Panel title="Our notes at WHMCS" note="They name users and keys and hold no secret." flush>
      {notes.length === 0 ? (
        <EmptyState title="No notes yet">The first one comes with the first key of a linked user.</EmptyState>
      ) : (
        <EntriesTable label="Our notes at WHMCS" columns={COLUMNS}>
          {notes.map(({ cluster, userId, keyId, state, at }) => (
            <tr key={`${cluster} ${userId} ${keyId}`}>
              <td data-label="About">
                {keyId === null ? 'the user' : <ForeignText text={`key ${keyId}`} cap={60} mono />}
              </td>
              <td data-label="User">
                <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId }} search={{}}>
                  <ForeignText text={userId} cap={40} mono />
                </Link>
              </td>
              <td data-label="Note">
                <StateDot tone={NOTE_WORDS[state].tone}>{NOTE_WORDS[state].word}</StateDot>
              </td>
              <td data-label="When">
                <Age at={at} />
              </td>
            </tr>
          ))}
        </EntriesTable>
      )}
    </Panel>
  )
}
