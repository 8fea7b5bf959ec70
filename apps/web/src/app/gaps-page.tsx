import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button } from '@mantine/core'
import type { GapEntry } from '@ostor-console/shared/gaps'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { DecideGapDialog } from '../features/gaps/decide-gap-dialog.tsx'
import { KIND_WORDS, KINDS } from '../features/gaps/gap-kinds.ts'
import { type GapsFilter, gapsQuery } from '../features/gaps/gaps.queries.ts'
import { GapsTable } from '../features/gaps/gaps-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterSelect, plainChoices } from '../ui/filter-select.tsx'
import { Page } from '../ui/page.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'
import '../features/statistics/statistics.css'

const route = getRouteApi('/c/$cluster/gaps')
const STATES: { value: 'open' | 'accepted'; label: MessageDescriptor }[] = [
  { value: 'open', label: msg`open` },
  { value: 'accepted', label: msg`nothing missing` },
]

export function GapsPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const filter = filterOf(route.useSearch())
  const navigate = route.useNavigate()
  const gaps = useQuery(gapsQuery(cluster, filter))
  const [deciding, setDeciding] = useState<GapEntry | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const set = (change: { [Name in keyof GapsFilter]?: string | null }) =>
    void navigate({ search: filterOf({ ...filter, after: undefined, ...nothingOf(change) }), resetScroll: false })
  const decide = useCallback((gap: GapEntry) => {
    setSaid(null)
    setDeciding(gap)
  }, [])
  const isFiltered = Object.keys(filter).length > 0

  return (
    <Page
      title={t`Gaps`}
      meta={t`Times that the statistics objects of a gateway service do not cover exactly once. Totals over an open gap say “at least”.`}
      crumbs={
        <Link to="/c/$cluster/statistics" params={{ cluster }}>
          <Trans>Statistics objects</Trans>
        </Link>
      }
    >
      {said && (
        <Alert withCloseButton closeButtonLabel={t`Close`} onClose={() => setSaid(null)}>
          {said}
        </Alert>
      )}
      <QueryPanel
        title={t`Newest first`}
        note={gaps.data && plural(gaps.data.open, { one: '# gap open', other: '# gaps open' })}
        flush
        query={gaps}
        skeleton={<RowsSkeleton />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          isFiltered ? (
            <EmptyState
              title={t`No gap matches the filter`}
              action={
                <Button size="xs" variant="default" onClick={() => void navigate({ search: {} })}>
                  <Trans>Clear the filter</Trans>
                </Button>
              }
            />
          ) : (
            <EmptyState title={t`No gaps`}>
              <Trans>Every period of every gateway service is there, as far as the history reaches.</Trans>
            </EmptyState>
          )
        }
        actions={
          <>
            <FilterSelect
              label={t`Gateway service`}
              all={t`All services`}
              width={190}
              value={filter.serviceId}
              onChange={(serviceId) => set({ serviceId })}
              data={plainChoices(gaps.data?.services ?? [])}
            />
            <FilterSelect
              label={t`What`}
              all={t`Everything`}
              width={130}
              value={filter.kind}
              onChange={(kind) => set({ kind })}
              data={KINDS.map((value) => ({ value, label: t(KIND_WORDS[value].word) }))}
            />
            <FilterSelect
              label={t`State`}
              all={t`All states`}
              width={150}
              value={filter.state}
              onChange={(state) => set({ state })}
              data={STATES.map(({ value, label }) => ({ value, label: t(label) }))}
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
                <span className="dimmed">{t`These are the oldest`}</span>
              ) : (
                <Link
                  from="/c/$cluster/gaps"
                  to="/c/$cluster/gaps"
                  search={{ ...filter, after: next }}
                  className="link"
                >
                  <Trans>Older</Trans>
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
