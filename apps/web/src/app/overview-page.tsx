import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { connectionQuery } from '../features/connection/connection.queries.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { collectorNotice } from '../features/usage/collector-notice.tsx'
import { MoversPanel } from '../features/usage/movers-panel.tsx'
import { NoUsage } from '../features/usage/no-usage.tsx'
import { SourceLine } from '../features/usage/source-line.tsx'
import { TopPanel } from '../features/usage/top-panel.tsx'
import { collectorQuery, usageSeriesQuery } from '../features/usage/usage.queries.ts'
import { UsageCharts, UsageChartsSkeleton } from '../features/usage/usage-charts.tsx'
import { subjectOf } from '../format/whose.ts'
import { Page } from '../ui/page.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'
import { FirstSteps } from './first-steps.tsx'
import { OverviewFigures } from './overview-figures.tsx'
import { OverviewHealth } from './overview-health.tsx'
import { OverviewStatus } from './overview-status.tsx'
import './overview.css'

const route = getRouteApi('/c/$cluster/overview')

export function OverviewPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const collector = useQuery(collectorQuery(cluster)).data
  const trend = useQuery(usageSeriesQuery(cluster, '30d', {}))
  const connection = useQuery(connectionQuery(cluster)).data
  // That the gateway is away stands above every page already.
  const known = collector?.state === 'failing' && connection && connection.state !== 'ok'
  const isDemo = useQuery(sessionQuery()).data?.clusters.some(({ id, demo }) => id === cluster && demo)
  const notice = collector && !known && collectorNotice(collector)

  return (
    <Page title={t`Overview`}>
      <OverviewStatus cluster={cluster} />
      {!isDemo && <FirstSteps cluster={cluster} />}
      {notice && <div>{notice}</div>}
      <OverviewFigures cluster={cluster} />
      <div className="overview-columns overview-columns-even">
        <TopPanel
          cluster={cluster}
          by="user"
          choice="30d"
          metric="traffic"
          limit={5}
          title={t`Top users, last 30 days`}
        />
        <MoversPanel cluster={cluster} />
      </div>
      <QueryPanel
        title={t`Last 30 days`}
        note={trend.data && <SourceLine source={trend.data.source} />}
        query={trend}
        skeleton={<UsageChartsSkeleton />}
        isEmpty={({ total }) => total === null}
        empty={<NoUsage collector={undefined} source={trend.data?.source} />}
        actions={
          <Link to="/c/$cluster/usage" params={{ cluster }} search={{ range: '30d' }} className="link">
            <Trans>Explore usage</Trans>
          </Link>
        }
      >
        {(series) => <UsageCharts subject={subjectOf({})} series={series} />}
      </QueryPanel>
      <OverviewHealth cluster={cluster} />
    </Page>
  )
}
