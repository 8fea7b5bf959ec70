import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { may, type Verb } from '@ostor-console/shared/roles'
import IconActivity from '@tabler/icons-react/dist/esm/icons/IconActivity.mjs'
import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs'
import IconChartBar from '@tabler/icons-react/dist/esm/icons/IconChartBar.mjs'
import IconFileAnalytics from '@tabler/icons-react/dist/esm/icons/IconFileAnalytics.mjs'
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs'
import IconLayersDifference from '@tabler/icons-react/dist/esm/icons/IconLayersDifference.mjs'
import IconLayoutDashboard from '@tabler/icons-react/dist/esm/icons/IconLayoutDashboard.mjs'
import IconListCheck from '@tabler/icons-react/dist/esm/icons/IconListCheck.mjs'
import IconReceipt from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs'
import IconServer2 from '@tabler/icons-react/dist/esm/icons/IconServer2.mjs'
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs'
import IconTransfer from '@tabler/icons-react/dist/esm/icons/IconTransfer.mjs'
import IconUserCircle from '@tabler/icons-react/dist/esm/icons/IconUserCircle.mjs'
import IconUserShield from '@tabler/icons-react/dist/esm/icons/IconUserShield.mjs'
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs'
import IconUsersGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs'
import { useQuery } from '@tanstack/react-query'
import { useFleetRefusal } from '../api/role.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'
import { ABOUT_ALL } from './about-all.ts'
import { asksWhmcs } from './frame.queries.ts'

const PAGES = [
  { to: '/c/$cluster/clusters', name: msg`All clusters`, Icon: IconServer2 },
  { to: '/c/$cluster/overview', name: msg`Overview`, Icon: IconLayoutDashboard },
  { to: '/c/$cluster/users', name: msg`Users`, Icon: IconUsers },
  { to: '/c/$cluster/buckets', name: msg`Buckets`, Icon: IconArchive },
  { to: '/c/$cluster/clients', name: msg`Clients`, Icon: IconUserCircle },
  { to: '/c/$cluster/usage', name: msg`Usage`, Icon: IconChartBar },
  { to: '/c/$cluster/statistics', name: msg`Statistics objects`, Icon: IconFileAnalytics },
  { to: '/c/$cluster/gaps', name: msg`Gaps`, Icon: IconLayersDifference },
  { to: '/c/$cluster/billing', name: msg`Billing`, Icon: IconReceipt },
  { to: '/c/$cluster/bulk', name: msg`Bulk changes`, Icon: IconListCheck },
  { to: '/c/$cluster/operations', name: msg`Operations`, Icon: IconActivity },
  { to: '/c/$cluster/audit', name: msg`Audit`, Icon: IconHistory },
  { to: '/c/$cluster/whmcs', name: msg`WHMCS`, Icon: IconTransfer },
  { to: '/c/$cluster/settings', name: msg`Settings`, Icon: IconSettings },
  { to: '/c/$cluster/groups', name: msg`Groups of users`, Icon: IconUsersGroup },
  { to: '/c/$cluster/people', name: msg`People`, Icon: IconUserShield },
] as const

/** The pages that not everybody may open. */
const TAKES: { [To in (typeof PAGES)[number]['to']]?: Verb } = {
  '/c/$cluster/clients': 'client.see',
  '/c/$cluster/whmcs': 'client.see',
  '/c/$cluster/billing': 'billing.see',
  '/c/$cluster/bulk': 'bulk.see',
  '/c/$cluster/operations': 'operation.see',
  '/c/$cluster/audit': 'audit.see',
  '/c/$cluster/settings': 'user.see',
  '/c/$cluster/groups': 'group.manage',
  '/c/$cluster/people': 'access.manage',
}

export type PageLink = Omit<(typeof PAGES)[number], 'name'> & { name: string }

/** The pages that whoever is signed in may open, and how many messages to WHMCS need somebody. */
export function usePages(): { pages: PageLink[]; attention: number } {
  const session = useQuery(sessionQuery()).data
  const isLimited = useFleetRefusal() !== null
  const role = session?.admin?.role ?? null
  const whmcs = useQuery({ ...whmcsQuery(), enabled: asksWhmcs(session) }).data
  const hasWhmcs = whmcs !== undefined && whmcs.mode !== 'off'
  const { t } = useLingui()
  const pages = PAGES.filter(({ to }) => {
    if (!hasWhmcs && /clients|whmcs/.test(to)) return false
    if (to === '/c/$cluster/clusters' && (session?.clusters.length ?? 0) < 2) return false
    const verb = TAKES[to]
    return (verb === undefined || role === null || may(role, verb)) && !(isLimited && to in ABOUT_ALL)
  }).map((page) => ({ ...page, name: t(page.name) }))
  return { pages, attention: whmcs?.queue.needsAttention ?? 0 }
}
