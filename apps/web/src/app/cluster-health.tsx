import { Tooltip } from '@mantine/core'
import type { ConnectionState } from '@ostor-console/shared/cluster'
import { useIsFetching, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { connectionQuery } from '../features/connection/connection.queries.ts'
import { Age } from '../ui/age.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import { useOnline } from '../ui/use-online.ts'

const WORDS: Record<ConnectionState, string> = {
  ok: 'Gateway answers',
  unreachable: 'Gateway does not answer',
  tls: 'Certificate not trusted',
  'wrong-key': 'Key not accepted',
  'not-system-user': 'Not a system user',
  clock: 'Clocks differ',
  'not-ostor': 'Not an ostor gateway',
  refused: 'Gateway refuses',
}

/** Whether the gateway answers and how old the usage is, on every page. */
export function ClusterHealth({ cluster }: { cluster: string }) {
  const enabled = useAfterPage()
  const connection = useQuery({ ...connectionQuery(cluster), enabled })
  const isOnline = useOnline()
  const { data } = connection
  // A link needs words.
  if (!data) return null
  const state = connection.isError || !isOnline ? undefined : data.state
  return (
    <Link to="/c/$cluster/overview" params={{ cluster }} className="health">
      <Tooltip
        label={
          <>
            {state === undefined ? `${isOnline ? 'The console does not answer' : 'You are offline'}; last known: ` : ''}
            {data.detail ?? WORDS[data.state]}, since <Age at={data.since} />
          </>
        }
      >
        <span className="health-state">
          <StateDot tone={state === undefined ? 'warn' : state === 'ok' ? 'good' : 'bad'}>
            <span className="health-word">{WORDS[data.state]}</span>
          </StateDot>
        </span>
      </Tooltip>
      {data.collectedAt !== undefined && (
        <span className="health-age">
          {data.collectedAt ? (
            <>
              Usage collected <Age at={data.collectedAt} />
            </>
          ) : (
            'No usage collected yet'
          )}
        </span>
      )}
    </Link>
  )
}

/** The page's own figures go first; but a page that waits long is just when the state of the gateway matters. */
function useAfterPage(): boolean {
  const fetching = useIsFetching() > 0
  const [after, setAfter] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setAfter(true), fetching ? 1_500 : 300)
    return () => clearTimeout(timer)
  }, [fetching])
  return after
}
