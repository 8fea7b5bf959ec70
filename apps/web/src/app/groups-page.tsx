import { getRouteApi } from '@tanstack/react-router'
import { GroupsPanel } from '../features/groups/groups-panel.tsx'
import { Page } from '../ui/page.tsx'

const route = getRouteApi('/c/$cluster/groups')

export function GroupsPage() {
  const { cluster } = route.useParams()
  return (
    <Page title="Groups of users" meta="Which users somebody's role can be limited to">
      <GroupsPanel cluster={cluster} />
    </Page>
  )
}
