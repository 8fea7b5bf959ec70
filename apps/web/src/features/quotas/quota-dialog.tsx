import { SegmentedControl, TextInput } from '@mantine/core'
import type { Quota } from '@ostor-console/shared/quotas'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { OverDefault } from './over-default.tsx'
import { sizeOf } from './quota-input.ts'
import { QuotaOutlook } from './quota-outlook.tsx'
import { type QuotaTarget, useChangeQuota } from './quotas.queries.ts'

type Props = {
  cluster: string
  target: QuotaTarget
  quota: Quota
  /** Whose it is, in the middle of a sentence. */
  whose: string
  onReadAgain: () => void
  onClose: () => void
}

const CHOICES = [
  { value: 'unlimited', label: 'Unlimited' },
  { value: 'limited', label: 'Limit to' },
]

export default function QuotaDialog({ cluster, target, quota, whose, onReadAgain, onClose }: Props) {
  const change = useChangeQuota(cluster, target)
  const [isLimited, setLimited] = useState(quota.size !== 'unlimited')
  const [text, setText] = useState(quota.size === 'unlimited' ? '' : String(quota.size))
  const [error, setError] = useState<string | null>(null)

  const wanted = isLimited ? sizeOf(text) : { size: 'unlimited' as const }
  const proposed = 'error' in wanted || wanted.size === 'unlimited' ? null : wanted.size

  const save = () => {
    if ('error' in wanted) setError(wanted.error)
    else change.mutate({ size: wanted.size, version: quota.version }, { onSuccess: onClose })
  }

  return (
    <ConfirmDialog
      title={`How much ${whose} may store`}
      confirmLabel="Save"
      pending={change.isPending}
      error={change.error}
      onConfirm={save}
      onReadAgain={onReadAgain}
      onClose={onClose}
    >
      <div className="quota-input">
        <SegmentedControl
          size="sm"
          aria-label="Unlimited or limited"
          data={CHOICES}
          value={isLimited ? 'limited' : 'unlimited'}
          onChange={(value) => {
            setLimited(value === 'limited')
            setError(null)
          }}
        />
        <TextInput
          aria-label="Quota, GB"
          inputMode="numeric"
          disabled={!isLimited}
          value={isLimited ? text : ''}
          placeholder={isLimited ? '' : '—'}
          error={error}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setError(null)
          }}
          rightSection={<span className="dimmed">GB</span>}
        />
      </div>
      {!('of' in target) && (
        <QuotaOutlook cluster={cluster} stored={target} size={proposed} bytesPerGb={quota.bytesPerGb} />
      )}
      {'of' in target && proposed !== null && (
        <OverDefault cluster={cluster} of={target.of} size={proposed} bytesPerGb={quota.bytesPerGb} />
      )}
    </ConfirmDialog>
  )
}
