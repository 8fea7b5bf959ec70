import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useSetZone } from './billing.queries.ts'

/** In which time zone months begin. */
export function ZoneDialog({ timeZone, onClose }: { timeZone: string; onClose: () => void }) {
  const { t } = useLingui()
  const save = useSetZone()
  const [zone, setZone] = useState(timeZone)
  return (
    <FormDialog
      title={t`Time zone of months`}
      label={t`Save the time zone`}
      incomplete={zone.trim() === ''}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate(zone.trim(), { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextInput
        label={t`Time zone`}
        description={t`Such as UTC or Europe/Vienna. Closed months stay as they are; the next one begins where the last closed one ended. Count open months again afterwards.`}
        maxLength={64}
        spellCheck={false}
        data-autofocus
        value={zone}
        onChange={({ currentTarget }) => setZone(currentTarget.value)}
      />
    </FormDialog>
  )
}
