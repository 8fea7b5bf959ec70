import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Progress } from '@mantine/core'
import type { Collector } from '@ostor-console/shared/collector'
import type { ReactNode } from 'react'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StatisticsOff } from './statistics-off.tsx'
import './usage.css'

/** What keeps the figures from being complete, as far as the collector knows; nothing when all is well. */
export function collectorNotice(collector: Collector): ReactNode {
  const { state } = collector
  if (state === 'off') return <StatisticsOff />
  if (state === 'failing' || state === 'store-failing') return <CollectorFailing collector={collector} />
  return state === 'catching-up' || state === 'starting' ? <CollectorProgress collector={collector} /> : null
}

function CollectorFailing({ collector: { detail, since, historyFrom } }: { collector: Collector }) {
  const { t } = useLingui()
  return (
    <Alert className="usage-notice" title={t`No new figures since ${formatInstant(since)}`}>
      {detail && (
        <p className="usage-step">
          <ServerSentence text={detail} cap={200} />
        </p>
      )}
      <p className="usage-step">
        {historyFrom !== null && <Trans>What was collected before stays.</Trans>}{' '}
        <Trans>The collector tries again by itself and fetches what it missed.</Trans>
      </p>
    </Alert>
  )
}

function CollectorProgress({ collector }: { collector: Collector }) {
  const { objectsListed, objectsStored, objectsPending, objectsPerSecond, historyFrom } = collector
  const { t } = useLingui()
  if (objectsListed === 0) {
    return (
      <div className="collecting">
        <Trans>Reading the list of statistics objects…</Trans>
      </div>
    )
  }
  const share = (objectsStored / Math.max(1, objectsStored + objectsPending)) * 100
  const stored = formatCount(objectsStored)
  const all = formatCount(objectsStored + objectsPending)
  const left = objectsPerSecond ? formatDuration(Math.max(1, objectsPending / objectsPerSecond)) : null
  const progress =
    left === null
      ? t`Collecting history, newest first: ${stored} of ${all} statistics objects`
      : t`Collecting history, newest first: ${stored} of ${all} statistics objects, about ${left} left`
  return (
    <div className="collecting">
      <span>{historyFrom ? t`${progress}. It reaches back to ${formatInstant(historyFrom)} so far` : progress}</span>
      <Progress value={share} size="sm" aria-label={t`History collected`} />
    </div>
  )
}
