import { getRouteApi } from '@tanstack/react-router'
import { MonthsPanel } from '../features/billing/months-panel.tsx'
import { PlansPanel } from '../features/billing/plans-panel.tsx'
import { Page } from '../ui/page.tsx'
import { GivePlanDialog } from './give-plan-dialog.tsx'

const route = getRouteApi('/c/$cluster/billing')

/** Months, and the plans that price them. */
export function BillingPage() {
  const { cluster } = route.useParams()
  return (
    <Page title="Billing" meta="What clients and users have to pay, from what was counted">
      <MonthsPanel cluster={cluster} />
      <PlansPanel giving={(plan, given, onClose) => <GivePlanDialog {...{ cluster, plan, given, onClose }} />} />
    </Page>
  )
}
