import { Trans, useLingui } from '@lingui/react/macro'
import type { Quota } from '@ostor-console/shared/quotas'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { Age } from '../../ui/age.tsx'
import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { ReasonButton } from '../../ui/reason-button.tsx'
import { sizeText } from './quota-input.ts'
import { QuotaOutlook } from './quota-outlook.tsx'
import { type QuotaTarget, quotaQuery } from './quotas.queries.ts'
import './quotas.css'

const QuotaDialog = dialogOnDemand(() => import('./quota-dialog.tsx'))

type Props = {
  cluster: string
  target: QuotaTarget
  title?: string
  /** Why nothing can be changed here; `null` when it can. */
  locked?: string | null
}

/** How much may be stored. */
export function QuotaPanel({ cluster, target, title, locked: given = null }: Props) {
  const { t } = useLingui()
  const refusal = useRefusal('quota.change')
  const locked = given ?? refusal
  const quota = useQuery(quotaQuery(cluster, target))
  const [editing, setEditing] = useState<Quota | null>(null)
  const { data } = quota
  const readAgain = async () => {
    const read = await quota.refetch()
    // Of a reading that failed there is only what was known before.
    if (read.isSuccess) setEditing(read.data)
    return read.isSuccess
  }
  return (
    <QueryPanel
      title={title ?? t`Quota`}
      note={
        data && (
          <Trans>
            Read from the gateway <Age at={data.readAt} />.
          </Trans>
        )
      }
      query={quota}
      actions={
        data && (
          <ReasonButton size="xs" variant="default" reason={locked} onClick={() => setEditing(data)}>
            <Trans>Change quota</Trans>
          </ReasonButton>
        )
      }
    >
      {({ size, isUnitKnown, bytesPerGb }) => (
        <>
          <p className={size === 'unlimited' ? 'quota-size dimmed' : 'quota-size num'}>{sizeText(size)}</p>
          {!isUnitKnown && (
            <p className="dimmed">
              <Trans>
                Whether the gateway means GB or bytes is not known before a quota was set here and read back.
              </Trans>
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
              onReadAgain={readAgain}
              onClose={() => setEditing(null)}
            />
          )}
        </>
      )}
    </QueryPanel>
  )
}
