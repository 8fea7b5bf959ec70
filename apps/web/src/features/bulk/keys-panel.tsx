import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { BulkRun } from '@ostor-console/shared/bulk'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { plural } from '../../format/counts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { csvOf, saveFile } from '../../ui/save-file.ts'
import { useTakeKeys } from './bulk.queries.ts'

/** The first keys of created users: what waits for this session, and what nobody has. */
export function KeysPanel({ cluster, run }: { cluster: string; run: BulkRun }) {
  const { counts, keysTaken, keysWaiting } = run
  const [taking, setTaking] = useState(false)
  const lost = run.state === 'running' ? 0 : Math.max(0, counts.done - keysTaken - keysWaiting)
  return (
    <Panel title="First keys">
      <Stack gap="md">
        {keysWaiting > 0 && (
          <>
            <Text size="sm">
              {plural(keysWaiting, 'key')} with {keysWaiting === 1 ? 'its secret waits' : 'their secrets wait'} in the
              memory of the console until half an hour after the last one of this run, and{' '}
              {keysWaiting === 1 ? 'is' : 'are'} gone when it restarts. They are handed over once, as a file, to this
              session only.
            </Text>
            <Group>
              <Button onClick={() => setTaking(true)}>Take the keys…</Button>
            </Group>
          </>
        )}
        {keysTaken > 0 && <Text size="sm">{plural(keysTaken, 'key')} handed over.</Text>}
        {lost > 0 && (
          <Alert color="yellow" title={`The first keys of ${plural(lost, 'user')} are not here`}>
            Their secrets were shown to nobody, or wait for the session that started this. Once half an hour is over
            nobody has them: generate new keys for these users, and revoke the first ones.
          </Alert>
        )}
        {keysWaiting + keysTaken + lost === 0 && (
          <Text size="sm" c="dimmed">
            Keys appear here as users are created.
          </Text>
        )}
      </Stack>
      {taking && <TakeDialog cluster={cluster} run={run} onClose={() => setTaking(false)} />}
    </Panel>
  )
}

/** Nothing but the button that says so leaves the page while it holds what is nowhere else. */
function useGuard(isOn: boolean): void {
  useBlocker({ shouldBlockFn: () => true, disabled: !isOn, enableBeforeUnload: isOn })
}

function TakeDialog({ cluster, run, onClose }: { cluster: string; run: BulkRun; onClose: () => void }) {
  const take = useTakeKeys(cluster, run.id)
  const [isSaved, setSaved] = useState(false)
  const keys = take.data?.keys
  useGuard(keys !== undefined)
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
      <Dialog title={`${plural(keys.length, 'key')} handed over`} size="lg">
        <Stack gap="md">
          <Text size="sm">
            <strong>The console does not have them any more.</strong> Save the file before you close this, and keep it
            where passwords are kept.
          </Text>
          <Group justify="space-between">
            <Button variant="default" onClick={save}>
              Save .csv
            </Button>
            <Button onClick={onStored} disabled={!isSaved}>
              I have stored the keys
            </Button>
          </Group>
        </Stack>
      </Dialog>
    )
  }
  return (
    <Dialog title="Take the keys as a file?" onClose={take.isPending ? undefined : onClose}>
      <Stack gap="md">
        <Text size="sm">
          The file holds the secrets of {plural(run.keysWaiting, 'user')} in plain text. Whoever reads it can act for
          them. It is handed over once.
        </Text>
        {take.error && <ProblemAlert error={take.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={take.isPending}>
            Cancel
          </Button>
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            Take them now
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
