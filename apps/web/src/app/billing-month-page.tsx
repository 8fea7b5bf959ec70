import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { BillingMonth, BillingMonthDetail } from '@ostor-console/shared/billing'
import IconReceipt from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type BillsSearch, billsQuery, monthQuery, useCountMonth } from '../features/billing/billing.queries.ts'
import { monthName, STATE_WORDS } from '../features/billing/billing-words.ts'
import { BillsTable } from '../features/billing/bills-table.tsx'
import { MonthCoverage } from '../features/billing/month-coverage.tsx'
import { MonthHandovers } from '../features/billing/month-handovers.tsx'
import { MonthActions, MonthFigures } from '../features/billing/month-head.tsx'
import { formatSpan } from '../format/dates.ts'
import { Age } from '../ui/age.tsx'
import { CopyText } from '../ui/copy-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Facts } from '../ui/facts.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { Page } from '../ui/page.tsx'
import { Pager } from '../ui/pager.tsx'
import { Panel } from '../ui/panel.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { QueryContents, QueryPanel } from '../ui/query-panel.tsx'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { StateDot } from '../ui/state-dot.tsx'

const route = getRouteApi('/c/$cluster/billing/$month')
const SORTS: { value: NonNullable<BillsSearch['sort']>; label: MessageDescriptor }[] = [
  { value: 'name', label: msg`by name` },
  { value: 'storage', label: msg`by storage` },
  { value: 'egress', label: msg`by traffic out` },
]

/** One month: its sums, how much of it is known, and the bills. */
export function BillingMonthPage() {
  const { t } = useLingui()
  const { cluster, month: name } = route.useParams()
  const search = searchOf(route.useSearch())
  const navigate = route.useNavigate()
  const month = useQuery(monthQuery(name))
  const { count, isCounting, error: notCounted } = useCountMonth(name)
  const bills = useQuery({
    ...billsQuery(name, month.data?.countedAt ?? null, search),
    enabled: month.data !== undefined && month.data.countedAt !== null,
  })
  const set = (change: BillsSearch, replace = false) =>
    void navigate({ search: searchOf({ ...search, page: '', ...change }), replace, resetScroll: false })
  const { data } = month
  return (
    <Page
      title={monthName(name)}
      crumbs={
        <Link to="/c/$cluster/billing" params={{ cluster }}>
          <Trans>Billing</Trans>
        </Link>
      }
      meta={
        data && (
          <>
            <StateDot tone={STATE_WORDS[data.state].tone}>{t(STATE_WORDS[data.state].word)}</StateDot>
            <span>
              {formatSpan(data.from, data.to)} ({data.timeZone})
            </span>
            <Since month={data} />
          </>
        )
      }
      actions={data && <MonthActions month={data} isCounting={isCounting} onCount={count} />}
    >
      <QueryContents query={month} partial={notCounted && <ProblemAlert error={notCounted} />}>
        {(loaded) => (
          <>
            {loaded.countedAt === null ? (
              <section className="panel" aria-label={t`Bills`}>
                <EmptyState icon={<IconReceipt size={22} />} title={t`Not counted yet`}>
                  <Trans>Count it to see what everybody has to pay.</Trans>
                </EmptyState>
              </section>
            ) : (
              <>
                <MonthFigures month={loaded} />
                <MonthCoverage month={loaded} />
                <MonthHandovers cluster={cluster} month={loaded} />
                <Hashes month={loaded} />
              </>
            )}
          </>
        )}
      </QueryContents>
      {data?.countedAt && (
        <QueryPanel
          title={t`Bills`}
          query={bills}
          flush
          skeleton={<RowsSkeleton />}
          isEmpty={({ matching }) => matching === 0}
          empty={
            search.search === undefined ? (
              <EmptyState title={t`No bills`}>
                <Trans>Nobody stored or moved anything in this month.</Trans>
              </EmptyState>
            ) : (
              <EmptyState
                title={t`No bill matches the search`}
                action={
                  <Button size="xs" variant="default" onClick={() => set({ search: '' })}>
                    <Trans>Clear the search</Trans>
                  </Button>
                }
              />
            )
          }
          actions={
            <div className="bill-tools">
              <SearchBox
                label={t`Search bills`}
                value={search.search ?? ''}
                onSearch={(text) => set({ search: text }, true)}
              />
              <FilterSelect
                label={t({ message: 'Order', context: 'how a list is sorted' })}
                all={t`by amount`}
                width={140}
                value={search.sort}
                onChange={(sort) => set({ sort: sort ?? 'amount' })}
                data={SORTS.map(({ value, label }) => ({ value, label: t(label) }))}
              />
            </div>
          }
        >
          {({ items, matching, page, pageSize }) => (
            <>
              <BillsTable
                cluster={cluster}
                month={name}
                hours={data.averageHours}
                bills={items}
                busy={bills.isPlaceholderData}
              />
              {matching > pageSize && (
                <Pager
                  page={page}
                  pageSize={pageSize}
                  matching={matching}
                  onPage={(next) => set({ page: String(next) })}
                />
              )}
            </>
          )}
        </QueryPanel>
      )}
    </Page>
  )
}

/** What the files of a closed month are known by. */
function Hashes({ month: { sha256, manifestSha256 } }: { month: BillingMonthDetail }) {
  const { t } = useLingui()
  if (sha256 === null) return null
  const hashes: [name: string, value: ReactNode][] = [
    [t`CSV`, <CopyText key="csv" text={sha256} label={t`SHA-256 of the CSV`} />],
  ]
  if (manifestSha256 !== null)
    hashes.push([t`Manifest`, <CopyText key="manifest" text={manifestSha256} label={t`SHA-256 of the manifest`} />])
  return (
    <Panel
      title={t`SHA-256 of the files`}
      note={t`By that of the manifest, all files can be verified outside of the console.`}
    >
      <Facts items={hashes} />
    </Panel>
  )
}

function Since({ month: { closedAt, closedBy, countedAt } }: { month: BillingMonth }) {
  if (closedAt)
    return (
      <span>
        <Trans>
          closed <Age at={closedAt} /> by {closedBy}
        </Trans>
      </span>
    )
  return (
    countedAt && (
      <span>
        <Trans>
          counted <Age at={countedAt} />
        </Trans>
      </span>
    )
  )
}

function searchOf({ search, page, sort }: Record<string, string | undefined>): BillsSearch {
  const sorted = SORTS.find(({ value }) => value === sort)?.value
  return { ...(search && { search }), ...(page && { page }), ...(sorted && { sort: sorted }) }
}
