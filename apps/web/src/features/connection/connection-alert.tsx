import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group } from '@mantine/core'
import { useId, useState } from 'react'
import { formatInstant } from '../../format/dates.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Age } from '../../ui/age.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useCheckConnection } from './connection.queries.ts'
import { adviceOn } from './connection-advice.ts'
import { ConnectionHelp } from './connection-help.tsx'
import type { BrokenConnection } from './connection-state.ts'

type Props = { connection: BrokenConnection; cluster: string; endpoint: string }

/** That the gateway does not serve the console, since when, and what to do. */
export default function ConnectionAlert({ connection, cluster, endpoint }: Props) {
  const { t } = useLingui()
  const since = formatInstant(connection.since)
  const check = useCheckConnection(cluster)
  const [open, setOpen] = useState(false)
  const help = useId()

  return (
    <Alert
      role="alert"
      className={`connection-banner ${connection.state === 'unreachable' ? 'connection-waiting' : ''}`}
      title={adviceOn(connection, endpoint).title}
    >
      <Group justify="space-between" gap="xs">
        <span>
          {connection.lastOkAt ? (
            <Trans>
              Since {since} (<Age at={connection.since} />
              ). What you see was read before; changes are not possible.
            </Trans>
          ) : (
            <Trans>
              Since {since} (<Age at={connection.since} />
              ). Nothing could be read yet; changes are not possible.
            </Trans>
          )}
        </span>
        <Group gap="xs">
          <Button size="xs" variant="default" aria-expanded={open} aria-controls={help} onClick={() => setOpen(!open)}>
            {open ? t`Hide help` : t`What to do`}
          </Button>
          <ActionButton size="xs" busy={check.isPending} onClick={() => check.mutate()}>
            <Trans>Check now</Trans>
          </ActionButton>
        </Group>
      </Group>
      <div id={help} hidden={!open}>
        {open && <ConnectionHelp connection={connection} endpoint={endpoint} />}
      </div>
      {check.error && <ProblemAlert error={check.error} />}
    </Alert>
  )
}
