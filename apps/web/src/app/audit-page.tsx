import { Trans, useLingui } from '@lingui/react/macro'
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
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const search = auditSearch(route.useSearch())
  const navigate = route.useNavigate()
  const filter = filterOf(search)
  const isFiltered = Object.keys(search).length > 0
  const show = (change: { [Name in keyof AuditSearch]?: string | undefined }, replace = false) =>
    void navigate({ search: auditSearch({ ...search, ...change }), replace, resetScroll: false })

  const nothing = isFiltered ? (
    <EmptyState
      title={t`No entry matches`}
      action={
        <Button size="xs" variant="default" onClick={() => void navigate({ search: {} })}>
          <Trans>Clear the filter</Trans>
        </Button>
      }
    >
      <Trans>Nothing was found for what is searched and filtered. Days are those of {timeZone()}.</Trans>
    </EmptyState>
  ) : (
    <EmptyState title={t`Nothing was done yet`}>
      <Trans>Every change and every sign-in is written down here.</Trans>
    </EmptyState>
  )

  return (
    <Page
      title={t`Audit`}
      meta={t`What admins did in this cluster and to the console, newest first`}
      actions={<ExportMenu cluster={cluster} filter={filter} />}
    >
      <section className="list" aria-label={t`Audit entries`}>
        <AuditFilters cluster={cluster} search={search} onChange={show} />
        <AuditTable cluster={cluster} filter={filter} empty={nothing} />
      </section>
    </Page>
  )
}
