import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { operationsQuery, useAuditEvents } from '../features/audit/audit.queries.ts'
import { AuditRows } from '../features/audit/audit-rows.tsx'
import { useReverseDialog } from '../features/audit/reverse-button.tsx'
import { ScheduledPanel } from '../features/scheduled/scheduled-panel.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'

const route = getRouteApi('/c/$cluster/operations')

/** What is not settled: under way, being checked, or failed. */
export function OperationsPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  useAuditEvents(cluster)
  const operations = useQuery(operationsQuery(cluster))
  const [dialog, onReverse] = useReverseDialog(cluster)
  const group = (of: 'open' | 'undecided' | 'failed', title: string, nothing: string, meaning: string) => (
    <QueryPanel
      title={title}
      query={operations}
      flush
      skeleton={<RowsSkeleton />}
      isEmpty={(data) => data[of].length === 0}
      empty={<EmptyState title={nothing}>{meaning}</EmptyState>}
    >
      {(data) => <AuditRows label={title} entries={data[of]} onReverse={onReverse} />}
    </QueryPanel>
  )
  const isAnyUndecided = (operations.data?.undecided.length ?? 0) > 0
  return (
    <Page
      title={t`Operations`}
      meta={t`What runs, is being checked, waits for its date or did not come about; all that was done stands in the audit`}
    >
      {dialog}
      {group('open', t`Under way and being checked`, t`Nothing is open`, t`No change waits to be found out.`)}
      {isAnyUndecided && group('undecided', t`Cannot be told any more`, '', '')}
      <ScheduledPanel cluster={cluster} />
      {group(
        'failed',
        t`Did not come about, in the last week`,
        t`Nothing failed`,
        t`No change was refused or left undone.`,
      )}
    </Page>
  )
}
