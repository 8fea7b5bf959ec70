import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { browserOf } from '../../format/browser.ts'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { ownSessionsQuery, useEndOwnSessions } from './admins.queries.ts'

const COLUMNS = ['Browser', 'Address', 'Signed in', 'Last used', 'Actions']

/** Where the admin is signed in, and how to end it from here. */
export function OwnSessionsPanel() {
  const sessions = useQuery(ownSessionsQuery())
  const end = useEndOwnSessions()
  const others = sessions.data?.items.filter(({ isThis }) => !isThis).length ?? 0
  return (
    <QueryPanel
      title="Where you are signed in"
      note="A session ends after 30 minutes without use, and 8 hours after its sign-in."
      query={sessions}
      flush
      isEmpty={({ items }) => items.length === 0}
      empty={null}
      partial={end.error && <ProblemAlert error={end.error} />}
      actions={
        others > 0 && (
          <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(null)}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      {({ items }) => (
        <EntriesTable label="Where you are signed in" columns={COLUMNS}>
          {items.map(({ id, isThis, browser, address, startedAt, lastSeenAt }) => (
            <tr key={id}>
              <td data-label="Browser">
                {browser ? <ForeignText text={browserOf(browser)} cap={60} /> : 'Not known'}{' '}
                {isThis && <Badge variant="light">This one</Badge>}
              </td>
              <td data-label="Address">{address ?? 'Not known'}</td>
              <td data-label="Signed in">{formatInstant(new Date(startedAt))}</td>
              <td data-label="Last used">
                <Age at={lastSeenAt} />
              </td>
              <td>
                {!isThis && (
                  <Button size="xs" variant="default" disabled={end.isPending} onClick={() => end.mutate(id)}>
                    Sign out
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </EntriesTable>
      )}
    </QueryPanel>
  )
}
