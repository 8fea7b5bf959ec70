import { getRouteApi } from '@tanstack/react-router'
import { QuotaPanel } from '../features/quotas/quota-panel.tsx'
import { Page } from '../ui/page.tsx'
import './overview.css'

const route = getRouteApi('/c/$cluster/settings')

/** What holds for the whole cluster. */
export function SettingsPage() {
  const { cluster } = route.useParams()
  return (
    <Page title="Settings" meta="What holds for every user and bucket of this cluster without a quota of its own">
      <div className="overview-columns">
        <QuotaPanel cluster={cluster} target={{ of: 'user' }} title="Default quota of users" whose="every user" />
        <QuotaPanel cluster={cluster} target={{ of: 'bucket' }} title="Default quota of buckets" whose="every bucket" />
      </div>
    </Page>
  )
}
