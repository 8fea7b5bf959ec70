import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { GroupsPanel } from '../features/groups/groups-panel.tsx'
import { Page } from '../ui/page.tsx'

const route = getRouteApi('/c/$cluster/groups')

export function GroupsPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  return (
    <Page title={t`Groups of users`} meta={t`Which users somebody's role can be limited to`}>
      <GroupsPanel cluster={cluster} />
    </Page>
  )
}
