import { useLingui } from '@lingui/react/macro'
import { METRICS, type Metric } from '@ostor-console/shared/usage'
import { getRouteApi } from '@tanstack/react-router'
import { StoragePanel } from '../features/storage/storage-panel.tsx'
import { HeatMapPanel } from '../features/usage/heat-map-panel.tsx'
import { SplitPanel } from '../features/usage/split-panel.tsx'
import { TopPanel } from '../features/usage/top-panel.tsx'
import { UsagePanel } from '../features/usage/usage-panel.tsx'
import { useRange } from '../features/usage/use-range.ts'
import { Page } from '../ui/page.tsx'
import './overview.css'

const route = getRouteApi('/c/$cluster/usage')

export function UsagePage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [choice, choose] = useRange()
  const metric = METRICS.find((each) => each === search['metric']) ?? 'traffic'
  const onMetric = (next: Metric) =>
    void navigate({ search: (previous) => ({ ...previous, metric: next }), replace: true, resetScroll: false })

  const top = { cluster, choice, metric, onMetric }
  return (
    <Page
      title={t`Usage`}
      meta={t`Traffic and operations of the whole cluster, as the gateway's statistics report them`}
    >
      <UsagePanel cluster={cluster} title={t`Whole cluster`} />
      <SplitPanel cluster={cluster} metric={metric} />
      <StoragePanel cluster={cluster} choice={choice} onChoose={choose} />
      <HeatMapPanel cluster={cluster} metric={metric} />
      <div className="overview-columns">
        <TopPanel {...top} by="user" title={t`Top users`} />
        <TopPanel {...top} by="bucket" title={t`Top buckets`} />
      </div>
    </Page>
  )
}
