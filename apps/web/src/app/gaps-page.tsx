import { t } from '@lingui/core/macro'
import { Alert, Button } from '@mantine/core'
import type { GapEntry } from '@ostor-console/shared/gaps'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { DecideGapDialog } from '../features/gaps/decide-gap-dialog.tsx'
import { KIND_WORDS, KINDS } from '../features/gaps/gap-kinds.ts'
import { type GapsFilter, gapsQuery } from '../features/gaps/gaps.queries.ts'
import { GapsTable } from '../features/gaps/gaps-table.tsx'
import { plural } from '../format/counts.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterSelect, plainChoices } from '../ui/filter-select.tsx'
import { Page } from '../ui/page.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'
import '../features/statistics/statistics.css'

const route = getRouteApi('/c/$cluster/gaps')
const STATES: { value: 'open' | 'accepted'; label: string }[] = [
  { value: 'open', label: 'open' },
  { value: 'accepted', label: 'nothing missing' },
]

export function GapsPage() {
  const { cluster } = route.useParams()
  const filter = filterOf(route.useSearch())
  const navigate = route.useNavigate()
  const gaps = useQuery(gapsQuery(cluster, filter))
  const [deciding, setDeciding] = useState<GapEntry | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const set = (change: { [Name in keyof GapsFilter]?: string | null }) =>
    void navigate({ search: filterOf({ ...filter, after: undefined, ...nothingOf(change) }) })
  const decide = useCallback((gap: GapEntry) => {
    setSaid(null)
    setDeciding(gap)
  }, [])
  const isFiltered = Object.keys(filter).length > 0

  return (
    <Page
      title="Gaps"
      meta="Times that the statistics objects of a gateway service do not cover exactly once. Totals over an open gap say “at least”."
      crumbs={
        <Link to="/c/$cluster/statistics" params={{ cluster }}>
          Statistics objects
        </Link>
      }
    >
      {said && (
        <Alert withCloseButton closeButtonLabel="Close" onClose={() => setSaid(null)}>
          {said}
        </Alert>
      )}
      <QueryPanel
        title="Newest first"
        note={gaps.data && `${plural(gaps.data.open, 'gap')} open`}
        flush
        query={gaps}
        skeleton={<RowsSkeleton />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          isFiltered ? (
            <EmptyState
              title="No gap matches the filter"
              action={
                <Button size="xs" variant="default" onClick={() => void navigate({ search: {} })}>
                  Clear the filter
                </Button>
              }
            />
          ) : (
            <EmptyState title="No gaps">
              Every period of every gateway service is there, as far as the history reaches.
            </EmptyState>
          )
        }
        actions={
          <>
            <FilterSelect
              label="Gateway service"
              all="All services"
              width={190}
              value={filter.serviceId}
              onChange={(serviceId) => set({ serviceId })}
              data={plainChoices(gaps.data?.services ?? [])}
            />
            <FilterSelect
              label="What"
              all="Everything"
              width={130}
              value={filter.kind}
              onChange={(kind) => set({ kind })}
              data={KINDS.map((value) => ({ value, label: t(KIND_WORDS[value].word) }))}
            />
            <FilterSelect
              label="State"
              all="All states"
              width={150}
              value={filter.state}
              onChange={(state) => set({ state })}
              data={STATES}
            />
          </>
        }
      >
        {({ items, next }) => (
          <>
            <div className="statistics-scroll">
              <GapsTable cluster={cluster} gaps={items} busy={gaps.isPlaceholderData} onDecide={decide} />
            </div>
            <div className="statistics-pager">
              {next === null ? (
                <span className="dimmed">These are the oldest</span>
              ) : (
                <Link
                  from="/c/$cluster/gaps"
                  to="/c/$cluster/gaps"
                  search={{ ...filter, after: next }}
                  className="link"
                >
                  Older
                </Link>
              )}
            </div>
          </>
        )}
      </QueryPanel>
      {deciding && (
        <DecideGapDialog
          cluster={cluster}
          gap={deciding}
          onClose={() => setDeciding(null)}
          onDone={(text) => {
            setDeciding(null)
            setSaid(text)
          }}
        />
      )}
    </Page>
  )
}

const nothingOf = (change: Record<string, string | null | undefined>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value ?? undefined]))

function filterOf(search: Record<string, string | undefined>): GapsFilter {
  const { after, serviceId } = search
  const kind = KINDS.find((each) => each === search['kind'])
  const state = search['state'] === 'open' || search['state'] === 'accepted' ? search['state'] : undefined
  return { ...(after && { after }), ...(serviceId && { serviceId }), ...(kind && { kind }), ...(state && { state }) }
}
