import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Tooltip } from '@mantine/core'
import type { ConnectionState } from '@ostor-console/shared/cluster'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { connectionQuery } from '../features/connection/connection.queries.ts'
import { Age } from '../ui/age.tsx'
import { ServerSentence } from '../ui/server-sentence.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import { useOnline } from '../ui/use-online.ts'

const WORDS: Record<ConnectionState, MessageDescriptor> = {
  ok: msg`Gateway answers`,
  unreachable: msg`Gateway does not answer`,
  tls: msg`Certificate not trusted`,
  'wrong-key': msg`Key not accepted`,
  'not-system-user': msg`Not a system user`,
  clock: msg`Clocks differ`,
  'not-ostor': msg`Not an ostor gateway`,
  refused: msg`Gateway refuses`,
}

/** Whether the gateway answers and how old the usage is, on every page. */
export function ClusterHealth({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const connection = useQuery(connectionQuery(cluster))
  const isOnline = useOnline()
  const { data } = connection
  // A link needs words.
  if (!data) return null
  const state = connection.isError || !isOnline ? undefined : data.state
  return (
    <Link to="/c/$cluster" params={{ cluster }} className="health">
      <Tooltip
        label={
          <>
            {state !== undefined ? null : isOnline ? (
              <Trans>The console does not answer; last known:</Trans>
            ) : (
              <Trans>You are offline; last known:</Trans>
            )}{' '}
            {data.detail === null ? (
              <Trans>
                {t(WORDS[data.state])}, since <Age at={data.since} />
              </Trans>
            ) : (
              <Trans>
                <ServerSentence text={data.detail} />, since <Age at={data.since} />
              </Trans>
            )}
          </>
        }
      >
        <span>
          <StateDot tone={state === undefined ? 'warn' : state === 'ok' ? 'good' : 'bad'}>
            <span className="health-word">
              {state === undefined ? <Trans>Gateway state not known</Trans> : t(WORDS[state])}
            </span>
          </StateDot>
        </span>
      </Tooltip>
      {data.collectedAt !== undefined && (
        <span className="health-age">
          {data.collectedAt ? (
            <Trans>
              Usage collected <Age at={data.collectedAt} />
            </Trans>
          ) : (
            <Trans>No usage collected yet</Trans>
          )}
        </span>
      )}
    </Link>
  )
}
