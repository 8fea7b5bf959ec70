import { Trans, useLingui } from '@lingui/react/macro'
import IconListCheck from '@tabler/icons-react/dist/esm/icons/IconListCheck.mjs'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { VerbButton } from '../api/verb-button.tsx'
import { runsQuery } from '../features/bulk/bulk.queries.ts'
import { RunsTable } from '../features/bulk/runs-table.tsx'
import { dialogOnDemand } from '../ui/dialog-on-demand.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { Pager } from '../ui/pager.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'
import { RowsSkeleton } from '../ui/rows-skeleton.tsx'

const PlanDialog = dialogOnDemand(() => import('../features/bulk/plan-dialog.tsx'))
const route = getRouteApi('/c/$cluster/bulk')

/** Changes of many users: planned, running and over. */
export function BulkPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const { page } = route.useSearch()
  const navigate = route.useNavigate()
  const runs = useQuery(runsQuery(cluster, page))
  const [planning, setPlanning] = useState(false)
  return (
    <Page
      title={t`Bulk changes`}
      meta={t`Changes of many users: first a plan, then a run that you can pause, and a result for each user`}
      actions={
        <VerbButton verb="bulk.run" onClick={() => setPlanning(true)}>
          <Trans>Plan from a list of e-mails</Trans>
        </VerbButton>
      }
    >
      <QueryPanel
        title={t`Newest first`}
        query={runs}
        flush
        skeleton={<RowsSkeleton />}
        isEmpty={({ matching }) => matching === 0}
        empty={
          <EmptyState icon={<IconListCheck size={22} />} title={t`No bulk changes yet`}>
            <Trans>
              Choose users on the page{' '}
              <Link to="/c/$cluster/users" params={{ cluster }} search={{}} className="link">
                Users
              </Link>
              , or plan a change from a list of e-mails.
            </Trans>
          </EmptyState>
        }
      >
        {({ items, matching, pageSize, page: shown }) => (
          <>
            <RunsTable cluster={cluster} runs={items} busy={runs.isPlaceholderData} />
            {matching > pageSize && (
              <Pager
                page={shown}
                pageSize={pageSize}
                matching={matching}
                onPage={(next) => void navigate({ search: { page: String(next) } })}
              />
            )}
          </>
        )}
      </QueryPanel>
      {planning && (
        <PlanDialog
          cluster={cluster}
          onClose={() => setPlanning(false)}
          onPlanned={(runId) =>
            void navigate({ to: '/c/$cluster/bulk/$runId', params: { cluster, runId }, search: {} })
          }
        />
      )}
    </Page>
  )
}
