import { Button } from '@mantine/core'
import type { Passkey } from '@ostor-console/shared/passkeys'
import type { Session } from '@ostor-console/shared/session'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { ReasonButton } from '../../ui/reason-button.tsx'
import { accountQuery } from './account.queries.ts'
import { whyNoPasskeys } from './passkey-browser.ts'
import { AddDialog, RemoveDialog } from './passkey-dialogs.tsx'

const COLUMNS = ['Passkey', 'Added', 'Last used', 'Actions']

/** What signs in by itself: the devices that were made known, and how to forget one. */
export function PasskeysPanel({ isPlace }: { isPlace: Session['passkeys'] }) {
  const account = useQuery(accountQuery())
  const [isAdding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Passkey | null>(null)
  return (
    <>
      <QueryPanel
        title="Passkeys"
        note="The PIN, finger or face of a device signs you in, in place of password and code"
        query={account}
        flush
        isEmpty={({ passkeys }) => passkeys.length === 0}
        empty={
          <EmptyState title="No passkeys yet">
            A passkey cannot be guessed, and no forged page can get at it. Add one for each device that you use.
          </EmptyState>
        }
        actions={
          <ReasonButton size="xs" reason={whyNoPasskeys(isPlace)} onClick={() => setAdding(true)}>
            Add a passkey
          </ReasonButton>
        }
      >
        {({ passkeys }) => (
          <EntriesTable label="Passkeys" columns={COLUMNS}>
            {passkeys.map((passkey) => (
              <tr key={passkey.id}>
                <td data-label="Passkey">
                  <ForeignText text={passkey.name} cap={60} />
                  <div className="entries-under">
                    {passkey.isSynced ? 'Kept in step between your devices' : 'On one device only'}
                  </div>
                </td>
                <td data-label="Added">{formatInstant(new Date(passkey.addedAt))}</td>
                <td data-label="Last used">
                  {passkey.lastUsedAt ? <Age at={passkey.lastUsedAt} /> : <span className="entries-under">Never</span>}
                </td>
                <td>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Remove ${passkey.name}`}
                    onClick={() => setRemoving(passkey)}
                  >
                    Remove
                  </Button>
                </td>
              </tr>
            ))}
          </EntriesTable>
        )}
      </QueryPanel>
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
      {removing && account.data && (
        <RemoveDialog passkey={removing} account={account.data} onClose={() => setRemoving(null)} />
      )}
    </>
  )
}
