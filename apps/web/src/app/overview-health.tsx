import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Connection } from '@ostor-console/shared/cluster'
import type { Collector } from '@ostor-console/shared/collector'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { connectionQuery } from '../features/connection/connection.queries.ts'
import { COLLECTOR_WORDS, quarantinedText } from '../features/usage/collector-words.ts'
import { collectorQuery } from '../features/usage/usage.queries.ts'
import { formatCount } from '../format/counts.ts'
import { formatInstant } from '../format/dates.ts'
import { formatDuration } from '../format/durations.ts'
import { Age } from '../ui/age.tsx'
import { Facts } from '../ui/facts.tsx'
import { Panel } from '../ui/panel.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import { Unknown } from '../ui/unknown.tsx'

/** Whether the gateway answers and the figures come in. */
export function OverviewHealth({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const connection = useQuery(connectionQuery(cluster)).data
  const collector = useQuery(collectorQuery(cluster)).data
  return (
    <Panel title={t`Health`}>
      <div className="health-facts">
        <Facts items={gatewayFacts(connection)} />
        <Facts items={collectorFacts(collector, cluster)} />
      </div>
    </Panel>
  )
}

type FactList = [name: string, value: ReactNode][]

const unknown = <Unknown />

function gatewayFacts(connection: Connection | undefined): FactList {
  if (!connection) return [[t`Gateway`, unknown]]
  const { state, since, clockSkewSeconds, latencyMs, lastOkAt } = connection
  const ok = state === 'ok'
  const facts: FactList = [
    [
      t`Gateway`,
      <StateDot key="gateway" tone={ok ? 'good' : 'bad'}>
        {ok ? t`answers` : t`does not serve the console`}
      </StateDot>,
    ],
    [t`Since`, formatInstant(since)],
    [t`Last good answer`, lastOkAt ? <Age key="ok" at={lastOkAt} /> : t`none since the console started`],
  ]
  if (latencyMs !== null) facts.push([t`Answer time`, `${formatCount(Math.max(1, Math.round(latencyMs)))} ms`])
  if (clockSkewSeconds !== null && Math.abs(clockSkewSeconds) >= 60) {
    facts.push([
      t`Clocks`,
      <StateDot key="clocks" tone="warn">
        {t`${formatDuration(Math.abs(clockSkewSeconds))} apart`}
      </StateDot>,
    ])
  }
  return facts
}

function collectorFacts(collector: Collector | undefined, cluster: string): FactList {
  if (!collector) return [[t`Usage`, unknown]]
  const { state, collectedAt, completeUntil, historyFrom, objectsStored, objectsPending, objectsQuarantined } =
    collector
  const { staleSince, gapsOpen } = collector
  const facts: FactList = [
    [
      t`Usage`,
      <StateDot key="usage" tone={COLLECTOR_WORDS[state].tone}>
        {t(COLLECTOR_WORDS[state].text)}
      </StateDot>,
    ],
    [
      t`Last collected`,
      staleSince ? (
        <StateDot key="stale" tone="warn">
          {t`stale since ${formatInstant(staleSince)}`}
        </StateDot>
      ) : collectedAt ? (
        <Age key="collected" at={collectedAt} />
      ) : (
        t`not yet`
      ),
    ],
    [t`Complete until`, completeUntil ? formatInstant(completeUntil) : t`not complete yet`],
    [t`History from`, historyFrom ? formatInstant(historyFrom) : t`nothing yet`],
    [
      t`Objects stored`,
      objectsPending
        ? t`${formatCount(objectsStored)}, ${formatCount(objectsPending)} to come`
        : formatCount(objectsStored),
    ],
  ]
  if (gapsOpen > 0) {
    facts.push([
      t`Gaps`,
      <Link key="gaps" to="/c/$cluster/gaps" params={{ cluster }} search={{ state: 'open' }} className="link">
        <StateDot tone="warn">{t`${formatCount(gapsOpen)} open: look at them`}</StateDot>
      </Link>,
    ])
  }
  if (objectsQuarantined > 0) {
    facts.push([
      t`Quarantined`,
      <Link
        key="quarantined"
        to="/c/$cluster/statistics"
        params={{ cluster }}
        search={{ state: 'quarantined' }}
        className="link"
      >
        <StateDot tone="warn">{quarantinedText(objectsQuarantined)}</StateDot>
      </Link>,
    ])
  }
  return facts
}
