import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useSetZone } from './billing.queries.ts'

/** In which time zone months begin. */
export function ZoneDialog({ timeZone, onClose }: { timeZone: string; onClose: () => void }) {
  const { t } = useLingui()
  const save = useSetZone()
  const [zone, setZone] = useState(timeZone)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(zone.trim(), { onSuccess: onClose })
  }
  return (
    <Dialog title={t`Time zone of months`} onClose={save.isPending ? undefined : onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={t`Time zone`}
            description={t`Such as UTC or Europe/Vienna. Closed months stay as they are; the next one begins where the last closed one ended. Count open months again afterwards.`}
            maxLength={64}
            spellCheck={false}
            data-autofocus
            value={zone}
            onChange={({ currentTarget }) => setZone(currentTarget.value)}
          />
          {save.error && <ProblemAlert error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} disabled={save.isPending}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={save.isPending} disabled={zone.trim() === ''}>
              <Trans>Save the time zone</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
