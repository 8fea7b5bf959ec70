import { useLingui } from '@lingui/react/macro'
import type { Plan } from '@ostor-console/shared/plans'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { plansQuery } from '../features/billing/billing.queries.ts'
import { MonthsPanel } from '../features/billing/months-panel.tsx'
import { PlansPanel } from '../features/billing/plans-panel.tsx'
import { Page } from '../ui/page.tsx'
import { GivePlanDialog } from './give-plan-dialog.tsx'

const route = getRouteApi('/c/$cluster/billing')

/** Months, and the plans that price them. */
export function BillingPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const plans = useQuery(plansQuery())
  const [giving, setGiving] = useState<Plan | null>(null)
  return (
    <Page title={t`Billing`} meta={t`What clients and users have to pay, from what was counted`}>
      <MonthsPanel cluster={cluster} />
      <PlansPanel onGive={setGiving} />
      {giving && (
        <GivePlanDialog
          cluster={cluster}
          plan={giving}
          given={plans.data?.given ?? []}
          onClose={() => setGiving(null)}
        />
      )}
    </Page>
  )
}
