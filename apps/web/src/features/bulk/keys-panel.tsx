import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { BulkRun } from '@ostor-console/shared/bulk'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { csvOf, saveFile } from '../../ui/save-file.ts'
import { useTakeKeys } from './bulk.queries.ts'

/** The first keys of created users: what waits for this session, and what nobody has. */
export function KeysPanel({ cluster, run }: { cluster: string; run: BulkRun }) {
  const { t } = useLingui()
  const { counts, keysTaken, keysWaiting } = run
  const [taking, setTaking] = useState(false)
  const lost = run.state === 'running' ? 0 : Math.max(0, counts.done - keysTaken - keysWaiting)
  return (
    <Panel title={t`First keys`}>
      <Stack gap="md">
        {keysWaiting > 0 && (
          <>
            <Text size="sm">
              {plural(keysWaiting, {
                one: '# key with its secret waits in the memory of the console until half an hour after the last one of this run, and is gone when it restarts.',
                other:
                  '# keys with their secrets wait in the memory of the console until half an hour after the last one of this run, and are gone when it restarts.',
              })}{' '}
              <Trans>They are handed over once, as a file, to this session only.</Trans>
            </Text>
            <Group>
              <Button onClick={() => setTaking(true)}>
                <Trans>Take the keys…</Trans>
              </Button>
            </Group>
          </>
        )}
        {keysTaken > 0 && (
          <Text size="sm">{plural(keysTaken, { one: '# key handed over.', other: '# keys handed over.' })}</Text>
        )}
        {lost > 0 && (
          <Alert
            color="yellow"
            title={plural(lost, {
              one: 'The first keys of # user are not here',
              other: 'The first keys of # users are not here',
            })}
          >
            <Trans>
              Their secrets were shown to nobody, or wait for the session that started this. Once half an hour is over
              nobody has them: generate new keys for these users, and revoke the first ones.
            </Trans>
          </Alert>
        )}
        {keysWaiting + keysTaken + lost === 0 && (
          <Text size="sm" c="dimmed">
            <Trans>Keys appear here as users are created.</Trans>
          </Text>
        )}
      </Stack>
      {taking && <TakeDialog cluster={cluster} run={run} onClose={() => setTaking(false)} />}
    </Panel>
  )
}

/** Nothing but the button that says so leaves the page while it holds what is nowhere else, or while that is on its way. */
function useGuard(isOn: boolean): void {
  useBlocker({ shouldBlockFn: () => true, disabled: !isOn, enableBeforeUnload: isOn })
}

function TakeDialog({ cluster, run, onClose }: { cluster: string; run: BulkRun; onClose: () => void }) {
  const { t } = useLingui()
  const take = useTakeKeys(cluster, run.id)
  const [isSaved, setSaved] = useState(false)
  const keys = take.data?.keys
  useGuard(take.isPending || keys !== undefined)
  const save = () => {
    if (!keys) return
    saveFile(`first-keys-${run.id}.csv`, 'text/csv', csvOf(...keys))
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
    <Dialog title={t`Take the keys as a file?`} onClose={take.isPending ? undefined : onClose}>
      <Stack gap="md">
        <Text size="sm">
          {plural(run.keysWaiting, {
            one: 'The file holds the secrets of # user in plain text.',
            other: 'The file holds the secrets of # users in plain text.',
          })}{' '}
          <Trans>Whoever reads it can act for them. It is handed over once.</Trans>
        </Text>
        {take.error && <ProblemAlert error={take.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={take.isPending}>
            <Trans>Cancel</Trans>
          </Button>
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            <Trans>Take them now</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
