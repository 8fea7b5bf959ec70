import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { type AuditSearch, auditSearch, filterOf } from '../features/audit/audit.search.ts'
import { AuditFilters } from '../features/audit/audit-filters.tsx'
import { AuditTable } from '../features/audit/audit-table.tsx'
import { ExportMenu } from '../features/audit/export-menu.tsx'
import { timeZone } from '../format/preferences.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'

const route = getRouteApi('/c/$cluster/audit')

export function AuditPage() {
  const { cluster } = route.useParams()
  const search = auditSearch(route.useSearch())
  const navigate = route.useNavigate()
  const filter = filterOf(search)
  const isFiltered = Object.keys(search).length > 0
  const show = (change: { [Name in keyof AuditSearch]?: string | undefined }, replace = false) =>
    void navigate({ search: auditSearch({ ...search, ...change }), replace })

  const nothing = isFiltered ? (
    <EmptyState
      title="No entry matches"
      action={
        <Button size="xs" variant="default" onClick={() => void navigate({ search: {} })}>
          Clear the filter
        </Button>
      }
    >
      Nothing was found for what is searched and filtered. Days are those of {timeZone()}.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing was done yet">Every change and every sign-in is written down here.</EmptyState>
  )

  return (
    <Page
      title="Audit"
      meta="What admins did in this cluster and to the console, newest first"
      actions={<ExportMenu cluster={cluster} filter={filter} />}
    >
      <section className="list" aria-label="Audit entries">
        <AuditFilters cluster={cluster} search={search} onChange={show} />
        <AuditTable cluster={cluster} filter={filter} empty={nothing} />
      </section>
    </Page>
  )
}
