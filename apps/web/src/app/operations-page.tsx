import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { operationsQuery, useAuditEvents } from '../features/audit/audit.queries.ts'
import { AuditRows } from '../features/audit/audit-rows.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'

const route = getRouteApi('/c/$cluster/operations')

/** What is not settled: under way, being checked, or failed. */
export function OperationsPage() {
  const { cluster } = route.useParams()
  useAuditEvents(cluster)
  const operations = useQuery(operationsQuery(cluster))
  return (
    <Page
      title="Operations"
      meta="What runs, is being checked or did not come about; all that was done stands in the audit"
    >
      <QueryPanel
        title="Under way and being checked"
        query={operations}
        flush
        skeleton={<RowsSkeleton />}
        isEmpty={({ open }) => open.length === 0}
        empty={<EmptyState title="Nothing is open">It is known of every change how it ended.</EmptyState>}
      >
        {({ open }) => <AuditRows label="Under way and being checked" entries={open} />}
      </QueryPanel>
      <QueryPanel
        title="Did not come about, in the last week"
        query={operations}
        flush
        skeleton={<RowsSkeleton />}
        isEmpty={({ failed }) => failed.length === 0}
        empty={<EmptyState title="Nothing failed">Every change of the last week was done.</EmptyState>}
      >
        {({ failed }) => <AuditRows label="Did not come about" entries={failed} />}
      </QueryPanel>
    </Page>
  )
}
