import { Button } from '@mantine/core'
import type { Quota } from '@ostor-console/shared/quotas'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { Age } from '../../ui/age.tsx'
import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { QuotaOutlook } from './quota-outlook.tsx'
import { type QuotaTarget, quotaQuery } from './quotas.queries.ts'
import './quotas.css'

const QuotaDialog = dialogOnDemand(() => import('./quota-dialog.tsx'))

// A gateway that counts in bytes may hold a part of a GB.
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

type Props = {
  cluster: string
  target: QuotaTarget
  title?: string
  /** Whose it is, in the middle of a sentence. */
  whose: string
  /** Why nothing can be changed here; `null` when it can. */
  locked?: string | null
}

/** How much may be stored. */
export function QuotaPanel({ cluster, target, title = 'Quota', whose, locked: given = null }: Props) {
  const refusal = useRefusal('quota.change')
  const locked = given ?? refusal
  const quota = useQuery(quotaQuery(cluster, target))
  const [editing, setEditing] = useState<Quota | null>(null)
  const { data } = quota
  return (
    <QueryPanel
      title={title}
      note={
        data && (
          <>
            Read from the gateway <Age at={data.readAt} />.
          </>
        )
      }
      query={quota}
      actions={
        data && (
          <Button size="xs" variant="default" disabled={locked !== null} onClick={() => setEditing(data)}>
            Change quota
          </Button>
        )
      }
    >
      {({ size, isUnitKnown, bytesPerGb }) => (
        <>
          <p className={size === 'unlimited' ? 'quota-size dimmed' : 'quota-size num'}>
            {size === 'unlimited' ? 'unlimited' : `${number.format(size)} GB`}
          </p>
          {!isUnitKnown && (
            <p className="dimmed">
              Whether the gateway means GB or bytes is not known before a quota was set here and read back.
            </p>
          )}
          {!('of' in target) && (
            <QuotaOutlook
              cluster={cluster}
              stored={target}
              size={size === 'unlimited' || !isUnitKnown ? null : size}
              bytesPerGb={bytesPerGb}
            />
          )}
          {editing && (
            <QuotaDialog
              cluster={cluster}
              target={target}
              quota={editing}
              whose={whose}
              onReadAgain={() => void quota.refetch().then(() => setEditing(null))}
              onClose={() => setEditing(null)}
            />
          )}
        </>
      )}
    </QueryPanel>
  )
}
