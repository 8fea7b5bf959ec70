import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { BulkRun, ItemState } from '@ostor-console/shared/bulk'
import { PAGE_SIZES } from '@ostor-console/shared/query'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { pageOf } from '../address/page-of.ts'
import { type ItemsSearch, itemsQuery, runQuery } from '../features/bulk/bulk.queries.ts'
import { ITEM_STATES, ITEM_WORDS, RUN_WORDS, runTitle, valuesOf } from '../features/bulk/bulk-words.ts'
import { ItemsTable } from '../features/bulk/items-table.tsx'
import { KeysPanel } from '../features/bulk/keys-panel.tsx'
import { RunActions } from '../features/bulk/run-actions.tsx'
import { RunProgress } from '../features/bulk/run-progress.tsx'
import { StartPanel } from '../features/bulk/start-panel.tsx'
import { Age } from '../ui/age.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { Page } from '../ui/page.tsx'
import { Pager } from '../ui/pager.tsx'
import { Panel } from '../ui/panel.tsx'
import { QueryContents } from '../ui/query-panel.tsx'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { ServerSentence } from '../ui/server-sentence.tsx'
import { StateDot } from '../ui/state-dot.tsx'

const route = getRouteApi('/c/$cluster/bulk/$runId')

/** One change of many users: its plan, its run, and what became of each. */
export function BulkRunPage() {
  const { t } = useLingui()
  const { cluster, runId } = route.useParams()
  const navigate = route.useNavigate()
  const run = useQuery(runQuery(cluster, runId))
  const open = (id: string) =>
    void navigate({ to: '/c/$cluster/bulk/$runId', params: { cluster, runId: id }, search: {} })
  return (
    <Page
      title={run.data ? runTitle(run.data) : t`Bulk change`}
      crumbs={
        <Link to="/c/$cluster/bulk" params={{ cluster }} search={{}}>
          <Trans>Bulk changes</Trans>
        </Link>
      }
      meta={run.data && <RunMeta cluster={cluster} run={run.data} />}
      actions={
        run.data && (
          <RunActions
            cluster={cluster}
            run={run.data}
            onAgain={open}
            onDiscarded={() => void navigate({ to: '/c/$cluster/bulk', params: { cluster }, search: {} })}
          />
        )
      }
    >
      <QueryContents query={run}>
        {(data) => (
          <>
            <RunPanels cluster={cluster} run={data} onShow={(state) => void navigate({ search: { state } })} />
            <Items cluster={cluster} run={data} />
          </>
        )}
      </QueryContents>
    </Page>
  )
}

function RunMeta({ cluster, run }: { cluster: string; run: BulkRun }) {
  const { t } = useLingui()
  const { state, source, actor, createdAt, startedAt, endedAt, rerunOf, change } = run
  const values = valuesOf(change)
  return (
    <>
      <output>
        <StateDot tone={RUN_WORDS[state].tone}>{t(RUN_WORDS[state].word)}</StateDot>
      </output>
      <span>
        <ServerSentence text={source} cap={120} />
        {rerunOf !== null && (
          <>
            {' '}
            <Trans>
              (
              <Link to="/c/$cluster/bulk/$runId" params={{ cluster, runId: rerunOf }} search={{}} className="link">
                that run
              </Link>
              )
            </Trans>
          </>
        )}
      </span>
      {values !== null && <span>{values}</span>}
      <span>
        {startedAt === null ? (
          <Trans>
            planned by <ForeignText text={actor} cap={64} /> <Age at={createdAt} />
          </Trans>
        ) : (
          <Trans>
            started by <ForeignText text={actor} cap={64} /> <Age at={startedAt} />
          </Trans>
        )}
      </span>
      {endedAt !== null && (
        <span>
          <Trans>
            ended <Age at={endedAt} />
          </Trans>
        </span>
      )}
    </>
  )
}

type PanelsProps = { cluster: string; run: BulkRun; onShow: (state: ItemState) => void }

function RunPanels({ cluster, run, onShow }: PanelsProps) {
  const { t } = useLingui()
  return (
    <>
      <Panel title={run.state === 'planned' ? t`The plan` : run.state === 'ended' ? t`The result` : t`The run`}>
        {run.state === 'planned' ? (
          <StartPanel key={run.id} cluster={cluster} run={run} />
        ) : (
          <RunProgress cluster={cluster} run={run} onShow={onShow} />
        )}
      </Panel>
      {run.change.action === 'create' && run.state !== 'planned' && <KeysPanel cluster={cluster} run={run} />}
    </>
  )
}

function Items({ cluster, run }: { cluster: string; run: BulkRun }) {
  const { t } = useLingui()
  const search = itemsSearch(route.useSearch())
  const navigate = route.useNavigate()
  const items = useQuery(itemsQuery(cluster, run, search))
  const show = (change: { [Name in keyof ItemsSearch]?: string | undefined }) =>
    void navigate({
      search: { ...itemsSearch({ ...search, page: undefined, ...change }) },
      replace: true,
      resetScroll: false,
    })
  return (
    <section className="list" aria-label={t`Users`} aria-busy={items.isFetching}>
      <div className="toolbar">
        <SearchBox
          label={t`Search by e-mail or id`}
          value={search.search ?? ''}
          onSearch={(text) => show({ search: text })}
        />
        <FilterSelect
          label={t`State`}
          all={t`All states`}
          width={160}
          value={search.state}
          onChange={(state) => show({ state: state ?? undefined })}
          data={ITEM_STATES.map((value) => ({ value, label: t(ITEM_WORDS[value].word) }))}
        />
        <Button
          component="a"
          size="xs"
          variant="default"
          href={`/api/v1/clusters/${encodeURIComponent(cluster)}/bulk/${run.id}/results.csv`}
          download
        >
          <Trans>CSV</Trans>
        </Button>
      </div>
      <QueryContents
        query={items}
        inset
        skeleton={<RowsSkeleton />}
        isEmpty={({ matching }) => matching === 0}
        empty={
          <EmptyState title={t`No user matches`}>
            <Trans>Clear the search and the filter to see all.</Trans>
          </EmptyState>
        }
      >
        {({ items: rows, page, pageSize, matching }) => (
          <>
            <ItemsTable cluster={cluster} items={rows} busy={items.isPlaceholderData} />
            <Pager
              page={page}
              pageSize={pageSize}
              matching={matching}
              sizes={PAGE_SIZES}
              onPage={(next) => show({ page: String(next) })}
              onPageSize={(size) => show({ pageSize: size })}
            />
          </>
        )}
      </QueryContents>
    </section>
  )
}

const itemsSearch = (search: { [Name in keyof ItemsSearch]?: string | undefined }): ItemsSearch => {
  const { search: text } = search
  const state = ITEM_STATES.find((each) => each === search.state)
  const pageSize = PAGE_SIZES.find((each) => each === search.pageSize)
  return {
    ...(state && { state }),
    ...(text && { search: text.slice(0, 254) }),
    ...pageOf(search),
    ...(pageSize && pageSize !== '50' && { pageSize }),
  }
}
