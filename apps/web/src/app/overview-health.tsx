import { t } from '@lingui/core/macro'
import type { Connection } from '@ostor-console/shared/cluster'
import type { Collector } from '@ostor-console/shared/collector'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { connectionQuery } from '../features/connection/connection.queries.ts'
import { COLLECTOR_WORDS } from '../features/usage/collector-words.ts'
import { collectorQuery } from '../features/usage/usage.queries.ts'
import { formatCount } from '../format/counts.ts'
import { formatInstant } from '../format/dates.ts'
import { formatDuration } from '../format/durations.ts'
import { Age } from '../ui/age.tsx'
import { Facts } from '../ui/facts.tsx'
import { Panel } from '../ui/panel.tsx'
import { StateDot } from '../ui/state-dot.tsx'

/** Whether the gateway answers and the figures come in. */
export function OverviewHealth({ cluster }: { cluster: string }) {
  const connection = useQuery(connectionQuery(cluster)).data
  const collector = useQuery(collectorQuery(cluster)).data
  return (
    <Panel title="Health">
      <div className="health-facts">
        <Facts items={gatewayFacts(connection)} />
        <Facts items={collectorFacts(collector, cluster)} />
      </div>
    </Panel>
  )
}

type FactList = [name: string, value: ReactNode][]

const unknown = <span className="dimmed">unknown</span>

function gatewayFacts(connection: Connection | undefined): FactList {
  if (!connection) return [['Gateway', unknown]]
  const { state, since, clockSkewSeconds, latencyMs, lastOkAt } = connection
  const ok = state === 'ok'
  const facts: FactList = [
    [
      'Gateway',
      <StateDot key="gateway" tone={ok ? 'good' : 'bad'}>
        {ok ? 'answers' : 'does not serve the console'}
      </StateDot>,
    ],
    ['Since', formatInstant(since)],
    ['Last good answer', lastOkAt ? <Age key="ok" at={lastOkAt} /> : 'none since the console started'],
  ]
  if (latencyMs !== null) facts.push(['Answer time', `${Math.max(1, Math.round(latencyMs))} ms`])
  if (clockSkewSeconds !== null && Math.abs(clockSkewSeconds) >= 60) {
    facts.push([
      'Clocks',
      <StateDot key="clocks" tone="warn">
        {formatDuration(Math.abs(clockSkewSeconds))} apart
      </StateDot>,
    ])
  }
  return facts
}

function collectorFacts(collector: Collector | undefined, cluster: string): FactList {
  if (!collector) return [['Usage', unknown]]
  const { state, collectedAt, completeUntil, historyFrom, objectsStored, objectsPending, objectsQuarantined } =
    collector
  const { staleSince, gapsOpen } = collector
  const facts: FactList = [
    [
      'Usage',
      <StateDot key="usage" tone={COLLECTOR_WORDS[state].tone}>
        {t(COLLECTOR_WORDS[state].text)}
      </StateDot>,
    ],
    [
      'Last collected',
      staleSince ? (
        <StateDot key="stale" tone="warn">
          stale since {formatInstant(staleSince)}
        </StateDot>
      ) : collectedAt ? (
        <Age key="collected" at={collectedAt} />
      ) : (
        'not yet'
      ),
    ],
    ['Complete until', completeUntil ? formatInstant(completeUntil) : 'not complete yet'],
    ['History from', historyFrom ? formatInstant(historyFrom) : 'nothing yet'],
    [
      'Objects stored',
      `${formatCount(objectsStored)}${objectsPending ? `, ${formatCount(objectsPending)} to come` : ''}`,
    ],
  ]
  if (gapsOpen > 0) {
    facts.push([
      'Gaps',
      <Link key="gaps" to="/c/$cluster/gaps" params={{ cluster }} search={{ state: 'open' }} className="link">
        <StateDot tone="warn">{formatCount(gapsOpen)} open: look at them</StateDot>
      </Link>,
    ])
  }
  if (objectsQuarantined > 0) {
    facts.push([
      'Quarantined',
      <Link
        key="quarantined"
        to="/c/$cluster/statistics"
        params={{ cluster }}
        search={{ state: 'quarantined' }}
        className="link"
      >
        <StateDot tone="warn">{formatCount(objectsQuarantined)} not counted: look at them</StateDot>
      </Link>,
    ])
  }
  return facts
}
