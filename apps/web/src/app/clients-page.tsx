import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { clientsQuery } from '../features/clients/clients.queries.ts'
import { type ClientsSearch, clientsSearch } from '../features/clients/clients.search.ts'
import { ClientsTable } from '../features/clients/clients-table.tsx'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'
import { WhmcsBanner } from '../features/whmcs/whmcs-banner.tsx'
import { WhmcsOff } from '../features/whmcs/whmcs-off.tsx'
import { formatInstant } from '../format/dates.ts'
import { AsOf } from '../ui/as-of.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { Pager } from '../ui/pager.tsx'
import { QueryContents } from '../ui/query-panel.tsx'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { Segments } from '../ui/segments.tsx'

const route = getRouteApi('/c/$cluster/clients')
const STATUSES = [
  { value: 'all', label: msg`All` },
  { value: 'active', label: msg`Active` },
  { value: 'inactive', label: msg`Inactive` },
  { value: 'closed', label: msg`Closed` },
]

/** The clients of WHMCS, with the S3 users that belong to them. */
export function ClientsPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const search = clientsSearch(route.useSearch())
  const navigate = route.useNavigate()
  const isOff = useQuery(whmcsQuery()).data?.mode === 'off'
  const clients = useQuery({ ...clientsQuery(search), enabled: !isOff })
  const { data } = clients

  /** A change of the filter goes back to the first page. */
  const show = (change: { [Name in keyof ClientsSearch]?: string }, replace = false) =>
    void navigate({ search: clientsSearch({ ...search, page: undefined, ...change }), replace })

  if (isOff) {
    return (
      <Page title={t`Clients`}>
        <WhmcsOff />
      </Page>
    )
  }
  const isFiltered = search.search !== undefined || search.status !== undefined
  const nothing = isFiltered ? (
    <EmptyState
      title={t`No client matches`}
      action={
        <Button size="xs" variant="default" onClick={() => void navigate({ search: {} })}>
          <Trans>Clear the filter</Trans>
        </Button>
      }
    >
      {data?.isFromCache
        ? t`None of the clients that the console has seen before. Others cannot be found while WHMCS does not answer.`
        : t`WHMCS finds clients by their number, their whole e-mail, or how a name or a company begins.`}
    </EmptyState>
  ) : (
    <EmptyState title={data?.isFromCache ? t`No client seen yet` : t`No clients yet`}>
      {data?.isFromCache ? t`They come once WHMCS answers.` : t`Clients are made at WHMCS; they stand here then.`}
    </EmptyState>
  )

  return (
    <Page
      title={t`Clients`}
      meta={
        <>
          <span>{t`Who is billed at WHMCS, and for which S3 users`}</span>
          {data && !data.isFromCache && <AsOf freshness={data.freshness} source={t`Read from WHMCS`} />}
        </>
      }
    >
      <WhmcsBanner cluster={cluster} />
      {data?.isFromCache && (
        <Alert color="yellow" role="alert" className="whmcs-notice" title={t`WHMCS does not answer`}>
          <Trans>
            These are the clients that the console has seen before, as they were at {formatInstant(data.freshness.asOf)}
            ; others are not found now. S3 users are found as ever on the page{' '}
            <Link className="link" to="/c/$cluster/users" params={{ cluster }} search={{}}>
              Users
            </Link>
            .
          </Trans>
        </Alert>
      )}
      <section className="list" aria-label={t`Clients`} aria-busy={clients.isFetching}>
        <div className="toolbar">
          <SearchBox
            label={t`Number, e-mail, or start of a name`}
            value={search.search ?? ''}
            onSearch={(text) => show({ search: text }, true)}
          />
          <Segments
            label={t`Status`}
            choices={STATUSES.map(({ value, label }) => ({ value, label: t(label) }))}
            value={search.status ?? 'all'}
            onChange={(status) => show({ status })}
          />
        </div>
        <QueryContents
          query={clients}
          inset
          skeleton={<RowsSkeleton />}
          isEmpty={({ matching }) => matching === 0}
          empty={nothing}
        >
          {({ items, page, pageSize, matching }) => (
            <>
              <ClientsTable cluster={cluster} clients={items} busy={clients.isPlaceholderData} />
              <Pager
                page={page}
                pageSize={pageSize}
                matching={matching}
                onPage={(next) => show({ page: String(next) })}
              />
            </>
          )}
        </QueryContents>
      </section>
    </Page>
  )
}
