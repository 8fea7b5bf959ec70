import { Trans, useLingui } from '@lingui/react/macro'
import IconReceipt from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { monthsQuery } from './billing.queries.ts'
import { MonthsTable } from './months-table.tsx'
import { ZoneDialog } from './zone-dialog.tsx'

export function MonthsPanel({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const months = useQuery(monthsQuery())
  const [isChanging, setIsChanging] = useState(false)
  const zone = months.data?.timeZone
  return (
    <>
      <QueryPanel
        title={t`Months`}
        note={zone && t`Over all clusters; months begin in ${zone}`}
        query={months}
        flush
        skeleton={<RowsSkeleton />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState icon={<IconReceipt size={22} />} title={t`No month yet`}>
            <Trans>Months appear as soon as usage or sizes were collected.</Trans>
          </EmptyState>
        }
        actions={
          zone && (
            <VerbButton verb="billing.manage" size="xs" variant="default" onClick={() => setIsChanging(true)}>
              <Trans>Time zone…</Trans>
            </VerbButton>
          )
        }
      >
        {({ items }) => <MonthsTable cluster={cluster} months={items} />}
      </QueryPanel>
      {isChanging && zone && <ZoneDialog timeZone={zone} onClose={() => setIsChanging(false)} />}
    </>
  )
}
