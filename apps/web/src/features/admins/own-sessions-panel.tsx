import { Trans, useLingui } from '@lingui/react/macro'
import { Badge } from '@mantine/core'
import type { OpenSession } from '@ostor-console/shared/admins'
import { useQuery } from '@tanstack/react-query'
import { browserOf } from '../../format/browser.ts'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { ReasonButton } from '../../ui/reason-button.tsx'
import { TakeAwayButton } from '../../ui/take-away-button.tsx'
import { useKept } from '../../ui/use-kept.ts'
import { ownSessionsQuery, useEndOwnSessions } from './admins.queries.ts'

/** Where the admin is signed in, and how to end it from here. */
export function OwnSessionsPanel() {
  const { t } = useLingui()
  const sessions = useQuery(ownSessionsQuery())
  const end = useEndOwnSessions()
  const underWay = end.isPending ? end.variables : undefined
  const ending = end.isPending && underWay !== null ? t`Another one is under way` : null
  const others = sessions.data?.items.filter(({ isThis }) => !isThis).length ?? 0
  return (
    <QueryPanel
      title={t`Where you are signed in`}
      note={t`A session ends after 30 minutes without use, and 8 hours after its sign-in.`}
      query={sessions}
      flush
      isEmpty={({ items }) => items.length === 0}
      empty={null}
      partial={end.error && <ProblemAlert error={end.error} />}
      actions={
        sessions.data && (
          <ReasonButton
            size="xs"
            variant="default"
            busy={underWay === null}
            reason={others === 0 ? t`You are signed in nowhere else` : ending}
            onClick={() => end.mutate(null)}
          >
            <Trans>Sign out everywhere else</Trans>
          </ReasonButton>
        )
      }
    >
      {({ items }) => <Sessions sessions={items} underWay={underWay} onEnd={end.mutate} />}
    </QueryPanel>
  )
}

type Rows = {
  sessions: readonly OpenSession[]
  /** The session that is being ended; `null` when all others are, `undefined` when none is. */
  underWay: string | null | undefined
  onEnd: (id: string) => void
}

function Sessions({ sessions, underWay, onEnd }: Rows) {
  const { t } = useLingui()
  const kept = useKept(sessions, ({ id }) => id, underWay ?? null)
  return (
    <EntriesTable
      label={t`Where you are signed in`}
      columns={[t`Browser`, t`Address`, t`Signed in`, t`Last used`, t`Actions`]}
    >
      {kept.map(({ row: { id, isThis, browser, address, startedAt, lastSeenAt }, isUnderWay, isGone }) => (
        <tr key={id} aria-busy={isUnderWay}>
          <td data-label={t`Browser`}>
            {browser ? <ForeignText text={browserOf(browser)} cap={60} /> : t`Not known`}{' '}
            {isThis && <Badge variant="light">{t`This one`}</Badge>}
          </td>
          <td data-label={t`Address`}>{address ? <span translate="no">{address}</span> : t`Not known`}</td>
          <td data-label={t`Signed in`}>{formatInstant(new Date(startedAt))}</td>
          <td data-label={t`Last used`}>
            <Age at={lastSeenAt} />
          </td>
          <td>
            {!isThis && (
              <TakeAwayButton
                size="xs"
                label={t`Sign out`}
                done={isGone ? t`Signed out` : null}
                isUnderWay={isUnderWay}
                isAnyUnderWay={underWay !== undefined}
                onClick={() => onEnd(id)}
              />
            )}
          </td>
        </tr>
      ))}
    </EntriesTable>
  )
}
