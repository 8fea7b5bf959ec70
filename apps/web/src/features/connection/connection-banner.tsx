import { Alert, Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { connectionQuery, useCheckConnection } from './connection.queries.ts'
import { adviceOn, isBroken } from './connection-advice.ts'
import { ConnectionHelp } from './connection-help.tsx'

type Props = {
  cluster: string
  /** Scheme, host and port of the gateway. */
  endpoint: string
}

/** Over every page while the gateway does not serve the console; nothing while it does. What is on the page stays. */
export function ConnectionBanner({ cluster, endpoint }: Props) {
  const { data: connection } = useQuery(connectionQuery(cluster))
  const check = useCheckConnection(cluster)
  const [open, setOpen] = useState(false)
  const help = useId()
  if (!connection || !isBroken(connection)) return null

  return (
    <Alert
      color={connection.state === 'unreachable' || connection.state === 'clock' ? 'yellow' : 'red'}
      role="alert"
      className="connection-banner"
      title={adviceOn(connection, endpoint).title}
    >
      <Group justify="space-between" gap="xs">
        <span>
          Since <Age at={connection.since} /> ({formatInstant(connection.since)}). What you see was read before; changes
          are not possible.
        </span>
        <Group gap="xs">
          <Button size="xs" variant="default" aria-expanded={open} aria-controls={help} onClick={() => setOpen(!open)}>
            {open ? 'Hide help' : 'What to do'}
          </Button>
          <Button size="xs" loading={check.isPending} onClick={() => check.mutate()}>
            Check now
          </Button>
        </Group>
      </Group>
      <div id={help} hidden={!open}>
        {open && <ConnectionHelp connection={connection} endpoint={endpoint} />}
      </div>
      {check.error && <ProblemAlert error={check.error} />}
    </Alert>
  )
}
