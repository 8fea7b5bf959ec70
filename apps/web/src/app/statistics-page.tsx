import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { StatisticsPage as StatisticsList, StatisticsState } from '@ostor-console/shared/statistics'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { OpenByName } from '../features/statistics/open-by-name.tsx'
import { type StatisticsFilter, statisticsQuery } from '../features/statistics/statistics.queries.ts'
import { StatisticsTable } from '../features/statistics/statistics-table.tsx'
import { STATE_WORDS, STATES } from '../features/statistics/statistics-words.ts'
import { collectorNotice } from '../features/usage/collector-notice.tsx'
import { CollectorFacts } from '../features/usage/collector-panel.tsx'
import { collectorQuery } from '../features/usage/usage.queries.ts'
import { AsOf } from '../ui/as-of.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterSelect, plainChoices } from '../ui/filter-select.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'
import { refused } from '../ui/refused.ts'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'
import '../features/statistics/statistics.css'

const route = getRouteApi('/c/$cluster/statistics')

export function StatisticsPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const filter = filterOf(route.useSearch())
  const navigate = route.useNavigate()
  const list = useQuery(statisticsQuery(cluster, filter))
  const collector = useQuery(collectorQuery(cluster)).data
  const notice = collector && collectorNotice(collector)
  const set = (next: Omit<StatisticsFilter, 'after'>) => void navigate({ search: { ...next }, resetScroll: false })
  const filtered = filter.serviceId !== undefined || filter.state !== undefined

  return (
    <Page
      title={t`Statistics objects`}
      meta={t`What the gateway wrote down: one object per gateway service and period. The usage charts are made of these.`}
    >
      {notice && <div>{notice}</div>}
      {collector && (
        <Panel title={t`Collector`}>
          <CollectorFacts cluster={cluster} collector={collector} />
        </Panel>
      )}
      <Panel title={t`Open one by its name`}>
        <OpenByName cluster={cluster} />
      </Panel>
      <QueryPanel
        title={t`Newest first`}
        note={list.data && noteOf(list.data)}
        flush
        query={list}
        skeleton={<RowsSkeleton />}
        isEmpty={({ items }) => items.length === 0}
        empty={filtered ? <NothingMatches onClear={() => set({})} /> : <NoObjects />}
        actions={
          <>
            <FilterSelect
              label={t`Gateway service`}
              all={t`All services`}
              width={190}
              value={filter.serviceId}
              onChange={(serviceId) => set({ ...stateOf(filter), ...(serviceId !== null && { serviceId }) })}
              data={plainChoices(list.data?.services ?? [])}
            />
            <FilterSelect
              label={t`State`}
              all={t`All states`}
              width={150}
              value={filter.state}
              onChange={(state) => set({ ...serviceOf(filter), ...stateOf({ state }) })}
              data={STATES.map((value) => ({ value, label: t(STATE_WORDS[value].word) }))}
            />
          </>
        }
      >
        {({ items, next }) => (
          <>
            <StatisticsTable cluster={cluster} objects={items} busy={list.isPlaceholderData} />
            <div className="statistics-pager">
              <Button
                size="xs"
                variant="default"
                {...refused(filter.after === undefined)}
                onClick={() => filter.after !== undefined && set({ ...stateOf(filter), ...serviceOf(filter) })}
              >
                <Trans>Newest</Trans>
              </Button>
              {next === null ? (
                <span className="dimmed">{t`These are the oldest`}</span>
              ) : (
                <Link
                  from="/c/$cluster/statistics"
                  to="/c/$cluster/statistics"
                  search={{ ...stateOf(filter), ...serviceOf(filter), after: next }}
                  className="link"
                >
                  <Trans>Older</Trans>
                </Link>
              )}
            </div>
          </>
        )}
      </QueryPanel>
    </Page>
  )
}

const stateOf = ({ state }: { state?: StatisticsState | null | undefined }) => (state ? { state } : {})
const serviceOf = ({ serviceId }: StatisticsFilter) => (serviceId === undefined ? {} : { serviceId })

function filterOf(search: Record<string, string | undefined>): StatisticsFilter {
  const { after, serviceId } = search
  const state = STATES.find((each) => each === search['state'])
  return { ...(after && { after }), ...(serviceId && { serviceId }), ...stateOf({ state }) }
}

const noteOf = ({ matching, listedAt }: StatisticsList) => (
  <>
    {plural(matching, { one: '# object', other: '# objects' })}
    {listedAt && (
      <>
        {' · '}
        <AsOf freshness={{ asOf: listedAt, staleReason: null }} source={t`listed at the gateway`} />
      </>
    )}
  </>
)

function NoObjects() {
  const { t } = useLingui()
  return (
    <EmptyState title={t`No statistics objects yet`}>
      <Trans>The gateway lists none. They appear here as soon as it has written the first one.</Trans>
    </EmptyState>
  )
}

function NothingMatches({ onClear }: { onClear: () => void }) {
  const { t } = useLingui()
  return (
    <EmptyState
      title={t`No object matches the filter`}
      action={
        <Button size="xs" variant="default" onClick={onClear}>
          <Trans>Clear the filter</Trans>
        </Button>
      }
    />
  )
}
