import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import type { BulkRun } from '@ostor-console/shared/bulk'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { exactCsvOf, saveFile } from '../../ui/save-file.ts'
import { useShownOnce } from '../../ui/shown-once.ts'
import { useTakeKeys } from './bulk.queries.ts'

type Props = { cluster: string; run: Pick<BulkRun, 'id' | 'keysWaiting'>; onClose: () => void }

/** Hands the first keys over as a file, which is nowhere else then. */
export function TakeKeysDialog({ cluster, run, onClose }: Props) {
  const { t } = useLingui()
  const take = useTakeKeys(cluster, run.id)
  const [isSaved, setSaved] = useState(false)
  const keys = take.data?.keys
  useShownOnce(take.isPending || keys !== undefined)
  const save = () => {
    if (!keys) return
    saveFile(`first-keys-${run.id}.csv`, 'text/csv', exactCsvOf(...keys))
    setSaved(true)
  }
  const onStored = () => {
    take.reset()
    onClose()
  }
  if (keys) {
    return (
      <Dialog title={plural(keys.length, { one: '# key handed over', other: '# keys handed over' })} size="lg">
        <Stack gap="md">
          <Text size="sm">
            <Trans>
              <strong>The console does not have them any more.</strong> Save the file before you close this, and keep it
              where passwords are kept.
            </Trans>
          </Text>
          <Group justify="space-between">
            <Button variant="default" onClick={save}>
              <Trans>Save .csv</Trans>
            </Button>
            <Button onClick={onStored} disabled={!isSaved}>
              <Trans>I have stored the keys</Trans>
            </Button>
          </Group>
        </Stack>
      </Dialog>
    )
  }
  return (
    <FormDialog
      title={t`Take the keys as a file?`}
      label={t`Take them now`}
      pending={take.isPending}
      error={take.error}
      onSubmit={() => take.mutate()}
      onClose={onClose}
    >
      <Text size="sm">
        {plural(run.keysWaiting, {
          one: 'The file holds the secrets of # user in plain text.',
          other: 'The file holds the secrets of # users in plain text.',
        })}{' '}
        <Trans>Whoever reads it can act for them. It is handed over once.</Trans>
      </Text>
    </FormDialog>
  )
}
