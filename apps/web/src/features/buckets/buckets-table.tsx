import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { Bucket } from '@ostor-console/shared/buckets'
import { PAGE_SIZES } from '@ostor-console/shared/query'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { hideOf, shownColumns } from '../../address/hidden-columns.ts'
import { AsOf } from '../../ui/as-of.tsx'
import { ColumnsMenu } from '../../ui/columns-menu.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Pager } from '../../ui/pager.tsx'
import { QueryContents } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { AT_ONCE_MS, SearchBox } from '../../ui/search-box.tsx'
import { bucketColumns } from './bucket-cells.tsx'
import { bucketsQuery } from './buckets.queries.ts'
import { bucketsSearch, DEFAULT_SORT } from './buckets.search.ts'

type Address = Record<string, string | undefined>
type Props = {
  cluster: string
  ownerId?: string
  /** Columns that the page adds, made for the rows that are shown. */
  more?: ((rows: Bucket[]) => Column<Bucket>[]) | undefined
}

/** Buckets, searched, sorted and paged on the server; the state stands in the address. */
export function BucketsTable({ cluster, ownerId, more }: Props) {
  const { t } = useLingui()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const search = bucketsSearch(address)
  const { hide } = hideOf(address)
  const buckets = useQuery(bucketsQuery(cluster, search, ownerId))
  const rows = buckets.data?.items
  const columns = useMemo(
    () => [...bucketColumns(t, cluster, ownerId === undefined), ...(more && rows ? more(rows) : [])],
    [t, cluster, ownerId, more, rows],
  )

  const set = (change: Address, replace = false) =>
    void navigate({
      to: '.',
      search: (previous) => changed(previous, change),
      replace,
      resetScroll: false,
    })
  const queryClient = useQueryClient()
  const fetchAhead = (page: number) =>
    queryClient.prefetchQuery(bucketsQuery(cluster, bucketsSearch({ ...search, page: String(page) }), ownerId))
  const label = ownerId === undefined ? t`Search by bucket or owner` : t`Search by bucket`

  return (
    <div className="list">
      <div className="toolbar">
        <SearchBox
          afterMs={AT_ONCE_MS}
          label={label}
          value={search.search ?? ''}
          onSearch={(text) => set({ search: text || undefined }, true)}
        />
        {buckets.data && <AsOf freshness={buckets.data.freshness} />}
        <ColumnsMenu columns={columns} hide={hide} onHide={(next) => set({ page: search.page, hide: next }, true)} />
      </div>
      <QueryContents
        query={buckets}
        inset
        skeleton={<RowsSkeleton />}
        isEmpty={({ items, page }) => items.length === 0 && page === 1}
        empty={
          search.search === undefined ? (
            <EmptyState title={t`No buckets yet`}>
              <Trans>Users make buckets themselves, with their own S3 keys.</Trans>
            </EmptyState>
          ) : (
            <EmptyState
              title={t`No bucket matches the search`}
              action={
                <Button size="xs" variant="default" onClick={() => set({ search: undefined })}>
                  <Trans>Clear the search</Trans>
                </Button>
              }
            />
          )
        }
      >
        {({ items, page, pageSize, matching }) => (
          <>
            <DataTable
              label={t`Buckets`}
              rows={items}
              columns={shownColumns(columns, hide)}
              rowKey={({ name }) => name}
              sort={search.sort ?? DEFAULT_SORT}
              onSort={(sort) => set({ sort })}
              busy={buckets.isPlaceholderData}
            />
            <Pager
              page={page}
              pageSize={pageSize}
              matching={matching}
              sizes={PAGE_SIZES}
              onPage={(next) => set({ page: String(next) })}
              onNear={(next) => void fetchAhead(next)}
              onPageSize={(size) => set({ pageSize: size })}
            />
          </>
        )}
      </QueryContents>
    </div>
  )
}

/** Another search or order begins at the first page; what is no longer asked for leaves the address. */
const changed = (previous: Address, change: Address): Address =>
  Object.fromEntries(
    Object.entries({ ...previous, page: undefined, ...change }).filter(([, value]) => value !== undefined),
  )
