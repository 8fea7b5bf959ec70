import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { BulkRun } from '@ostor-console/shared/bulk'
import { useState } from 'react'
import { Panel } from '../../ui/panel.tsx'
import { TakeKeysDialog } from './take-keys-dialog.tsx'

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
      {taking && <TakeKeysDialog cluster={cluster} run={run} onClose={() => setTaking(false)} />}
    </Panel>
  )
}
