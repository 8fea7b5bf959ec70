import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import type { Quota } from '@ostor-console/shared/quotas'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Segments } from '../../ui/segments.tsx'
import { OverDefault } from './over-default.tsx'
import { sizeOf, sizeText } from './quota-input.ts'
import { QuotaOutlook } from './quota-outlook.tsx'
import { type QuotaTarget, useChangeQuota } from './quotas.queries.ts'

type Props = {
  cluster: string
  target: QuotaTarget
  /** As it was when the dialog was opened, or read again since. */
  quota: Quota
  /** Answers whether it could be read. */
  onReadAgain: () => Promise<boolean>
  onClose: () => void
}

export default function QuotaDialog({ cluster, target, quota, onReadAgain, onClose }: Props) {
  const { t } = useLingui()
  const change = useChangeQuota(cluster, target)
  const [isLimited, setLimited] = useState(quota.size !== 'unlimited')
  const [text, setText] = useState(quota.size === 'unlimited' ? '' : String(quota.size))
  const [error, setError] = useState<string | null>(null)
  const [isReadAgain, setReadAgain] = useState(false)
  const now = sizeText(quota.size)

  const wanted = isLimited ? sizeOf(text) : { size: 'unlimited' as const }
  const proposed = 'error' in wanted || wanted.size === 'unlimited' ? null : wanted.size

  const save = () => {
    if ('error' in wanted) setError(wanted.error)
    else change.mutate({ size: wanted.size, version: quota.version }, { onSuccess: onClose })
  }
  const readAgain = async () => {
    if (!(await onReadAgain())) return
    change.reset()
    setReadAgain(true)
  }

  return (
    <ConfirmDialog
      title={t(questionOf(target))}
      confirmLabel={t`Save`}
      pending={change.isPending}
      error={change.error}
      onConfirm={save}
      onReadAgain={() => void readAgain()}
      onClose={onClose}
    >
      <div className="quota-input">
        <Segments
          label={t`Unlimited or limited`}
          choices={[
            { value: 'unlimited', label: t`Unlimited` },
            { value: 'limited', label: t`Limit to` },
          ]}
          value={isLimited ? 'limited' : 'unlimited'}
          onChange={(value) => {
            setLimited(value === 'limited')
            setError(null)
          }}
        />
        <TextInput
          size="xs"
          aria-label={t`Quota, GB`}
          inputMode="numeric"
          disabled={!isLimited}
          value={isLimited ? text : ''}
          placeholder={isLimited ? '' : '—'}
          error={error}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setError(null)
          }}
          rightSection={
            <span className="dimmed" translate="no">
              GB
            </span>
          }
        />
      </div>
      {isReadAgain && !change.error && (
        <output>
          <Trans>At the gateway it is now {now}. What you entered is not saved yet.</Trans>
        </output>
      )}
      {!('of' in target) && (
        <QuotaOutlook cluster={cluster} stored={target} size={proposed} bytesPerGb={quota.bytesPerGb} />
      )}
      {'of' in target && proposed !== null && (
        <OverDefault cluster={cluster} of={target.of} size={proposed} bytesPerGb={quota.bytesPerGb} />
      )}
    </ConfirmDialog>
  )
}

const questionOf = (target: QuotaTarget): MessageDescriptor => {
  if ('userId' in target) return msg`How much this user may store`
  if ('bucket' in target) return msg`How much this bucket may store`
  return target.of === 'user' ? msg`How much every user may store` : msg`How much every bucket may store`
}
