import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { PAGE_SIZES } from '@ostor-console/shared/query'
import type { User } from '@ostor-console/shared/users'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { shownColumns } from '../address/hidden-columns.ts'
import { VerbButton } from '../api/verb-button.tsx'
import { QuotasSoFar } from '../features/users/quotas-so-far.tsx'
import { ScheduledDeletion } from '../features/users/scheduled-deletion.tsx'
import { userColumns } from '../features/users/user-columns.tsx'
import type { Acting } from '../features/users/user-menu.tsx'
import { usersQuery } from '../features/users/users.queries.ts'
import { type UsersAddress, usersAddress, usersSearch } from '../features/users/users.search.ts'
import '../features/users/users.css'
import { UsersMeta } from '../features/users/users-meta.tsx'
import { ColumnsMenu } from '../ui/columns-menu.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { dialogOnDemand } from '../ui/dialog-on-demand.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { focusHeading } from '../ui/focus.ts'
import { NoticeLine } from '../ui/notice-line.tsx'
import { Page } from '../ui/page.tsx'
import { Pager } from '../ui/pager.tsx'
import { QueryContents } from '../ui/query-panel.tsx'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'
import { AT_ONCE_MS, SearchBox } from '../ui/search-box.tsx'
import { Segments } from '../ui/segments.tsx'
import { userTraffic } from './traffic-column.tsx'
import { SelectionBar, selectionColumn, useSelection, wordsOf } from './users-selection.tsx'

const PlanDialog = dialogOnDemand(() => import('../features/bulk/plan-dialog.tsx'))
const AddDialog = dialogOnDemand(() => import('../features/groups/add-dialog.tsx'))
const CreateUserDialog = dialogOnDemand(() => import('../features/users/create-user-dialog.tsx'))
const UserActionDialog = dialogOnDemand(() => import('../features/users/user-action-dialog.tsx'))
const route = getRouteApi('/c/$cluster/users')
const STATES = [
  { value: 'all', label: msg`All` },
  { value: 'enabled', label: msg`Enabled` },
  { value: 'disabled', label: msg`Disabled` },
]

export function UsersPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const address = usersAddress(route.useSearch())
  const search = usersSearch(address)
  const navigate = route.useNavigate()
  const users = useQuery(usersQuery(cluster, search))
  const rows = users.data?.items
  const lacking = users.data?.summary.quotas.lacking ?? null
  // Whose row may go from the list meanwhile.
  const [acting, setActing] = useState<Acting | null>(null)
  const [scheduled, setScheduled] = useState<{ user: User; dueAt: string } | null>(null)
  const plain = useMemo(
    () => userColumns(t, cluster, lacking, setActing, rows ? [userTraffic(cluster, rows)] : []),
    [t, cluster, lacking, rows],
  )
  const [planning, setPlanning] = useState(false)
  const [grouping, setGrouping] = useState(false)
  const [creating, setCreating] = useState(false)

  /** A change of the filter goes back to the first page. */
  const show = (change: { [Name in keyof UsersAddress]?: string | undefined }, replace = false) =>
    void navigate({ search: usersAddress({ ...address, page: undefined, ...change }), replace })

  /** What changes nothing of the rows leaves them where they are. */
  const keep = (change: Pick<UsersAddress, 'hide' | 'ticked'>) =>
    void navigate({ search: usersAddress({ ...address, ...change }), replace: true, resetScroll: false })

  const selection = useSelection(address, (ticked) => keep({ ticked }))
  const columns = [selectionColumn(selection, rows ?? []), ...shownColumns(plain, address.hide)]
  const queryClient = useQueryClient()
  const fetchAhead = (page: number) =>
    queryClient.prefetchQuery(usersQuery(cluster, usersSearch({ ...search, page: String(page) })))

  const filtered = search.search !== undefined || search.state !== undefined || search.ids !== undefined
  const nothing = filtered ? (
    <EmptyState
      title={t`No user matches`}
      action={
        <Button
          size="xs"
          variant="default"
          onClick={() => show({ search: undefined, state: undefined, ids: undefined })}
        >
          <Trans>Clear the filter</Trans>
        </Button>
      }
    >
      <Trans>Nothing was found for what is searched and filtered. The search looks in e-mails, ids and key ids.</Trans>
    </EmptyState>
  ) : (
    <EmptyState
      icon={<IconUsers size={22} />}
      title={t`No users yet`}
      action={
        <VerbButton verb="user.create" size="xs" onClick={() => setCreating(true)}>
          <Trans>Create a user</Trans>
        </VerbButton>
      }
    >
      <Trans>A user owns buckets and signs requests with up to two access keys.</Trans>
    </EmptyState>
  )

  return (
    <Page
      title={t`Users`}
      meta={users.data && <UsersMeta page={users.data} />}
      actions={
        <VerbButton
          verb="user.create"
          data-shortcut="n"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => setCreating(true)}
        >
          <Trans>New user</Trans>
        </VerbButton>
      }
    >
      {scheduled && <ScheduledDeletion cluster={cluster} {...scheduled} onClose={() => setScheduled(null)} />}
      <section className="list" aria-label={t`Users`} aria-busy={users.isFetching}>
        <div className="toolbar">
          <SearchBox
            afterMs={AT_ONCE_MS}
            label={t`Search by e-mail, id or key id`}
            value={search.search ?? ''}
            onSearch={(text) => show({ search: text }, true)}
          />
          <Segments
            label={t`State`}
            choices={STATES.map(({ value, label }) => ({ value, label: t(label) }))}
            value={search.state ?? 'all'}
            onChange={(state) => show({ state })}
          />
          <ColumnsMenu columns={plain} hide={address.hide} onHide={(hide) => keep({ hide })} />
        </div>
        {search.ids !== undefined && (
          <NoticeLine>
            <Trans>Only users who were ticked are shown.</Trans>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                show({ ids: undefined })
                focusHeading()
              }}
            >
              <Trans>Show all users</Trans>
            </Button>
          </NoticeLine>
        )}
        <QueryContents
          query={users}
          inset
          skeleton={<RowsSkeleton />}
          isEmpty={({ matching }) => matching === 0}
          empty={nothing}
        >
          {({ items, page, pageSize, matching, summary }) => (
            <>
              <SelectionBar
                selection={selection}
                matching={matching}
                only={search.ids}
                onOnly={(ids) => {
                  show({ ids, search: undefined, state: undefined })
                  focusHeading()
                }}
                onPlan={() => setPlanning(true)}
                onGroup={() => setGrouping(true)}
              />
              <QuotasSoFar sort={search.sort} summary={summary} />
              <DataTable
                label={t`Users`}
                rows={items}
                columns={columns}
                rowKey={({ id }) => id}
                sort={search.sort ?? 'email'}
                onSort={(sort) => show({ sort })}
                busy={users.isPlaceholderData}
              />
              <Pager
                page={page}
                pageSize={pageSize}
                matching={matching}
                sizes={PAGE_SIZES}
                onPage={(next) => show({ page: String(next) })}
                onNear={(next) => void fetchAhead(next)}
                onPageSize={(size) => show({ pageSize: size })}
              />
            </>
          )}
        </QueryContents>
      </section>
      {grouping && selection.choice.by === 'ids' && (
        <AddDialog
          cluster={cluster}
          ids={selection.choice.ids}
          shown={(rows ?? []).filter(({ id }) => selection.has(id)).map(({ email, id }) => email || id)}
          onClose={() => setGrouping(false)}
          onAdded={() => {
            setGrouping(false)
            selection.clear()
          }}
        />
      )}
      {planning && (
        <PlanDialog
          cluster={cluster}
          chosen={{ choice: selection.choice, words: wordsOf(selection, users.data?.matching ?? 0) }}
          onClose={() => setPlanning(false)}
          onPlanned={(runId) =>
            void navigate({ to: '/c/$cluster/bulk/$runId', params: { cluster, runId }, search: {} })
          }
        />
      )}
      {acting && (
        <UserActionDialog
          cluster={cluster}
          {...acting}
          onClose={() => setActing(null)}
          onScheduled={(dueAt) => setScheduled({ user: acting.user, dueAt })}
        />
      )}
      {creating && (
        <CreateUserDialog
          cluster={cluster}
          onClose={() => setCreating(false)}
          onCreated={(userId) => {
            setCreating(false)
            void navigate({ to: '/c/$cluster/users/$userId', params: { cluster, userId }, search: {} })
          }}
        />
      )}
    </Page>
  )
}
