import { Trans, useLingui } from '@lingui/react/macro'
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

/** What signs in by itself: the devices that were made known, and how to forget one. */
export function PasskeysPanel({ isPlace }: { isPlace: Session['passkeys'] }) {
  const { t } = useLingui()
  const columns = [t`Passkey`, t`Added`, t`Last used`, t`Actions`]
  const account = useQuery(accountQuery())
  const [isAdding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Passkey | null>(null)
  return (
    <>
      <QueryPanel
        title={t`Passkeys`}
        note={t`The PIN, finger or face of a device signs you in, in place of password and code`}
        query={account}
        flush
        isEmpty={({ passkeys }) => passkeys.length === 0}
        empty={
          <EmptyState title={t`No passkeys yet`}>
            <Trans>
              A passkey cannot be guessed, and no forged page can get at it. Add one for each device that you use.
            </Trans>
          </EmptyState>
        }
        actions={
          <ReasonButton size="xs" reason={whyNoPasskeys(isPlace)} onClick={() => setAdding(true)}>
            <Trans>Add a passkey</Trans>
          </ReasonButton>
        }
      >
        {({ passkeys }) => (
          <EntriesTable label={t`Passkeys`} columns={columns}>
            {passkeys.map((passkey) => (
              <tr key={passkey.id}>
                <td data-label={t`Passkey`}>
                  <ForeignText text={passkey.name} cap={60} />
                  <div className="entries-under">
                    {passkey.isSynced ? t`Kept in step between your devices` : t`On one device only`}
                  </div>
                </td>
                <td data-label={t`Added`}>{formatInstant(new Date(passkey.addedAt))}</td>
                <td data-label={t`Last used`}>
                  {passkey.lastUsedAt ? (
                    <Age at={passkey.lastUsedAt} />
                  ) : (
                    <span className="entries-under">{t`Never`}</span>
                  )}
                </td>
                <td>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t`Remove ${passkey.name}`}
                    onClick={() => setRemoving(passkey)}
                  >
                    <Trans>Remove</Trans>
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
