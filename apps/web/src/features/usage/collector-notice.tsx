import { Alert, Progress } from '@mantine/core'
import type { Collector } from '@ostor-console/shared/collector'
import type { ReactNode } from 'react'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { ForeignText } from '../../ui/foreign-text.tsx'
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
  return (
    <Alert className="usage-notice" title={`No new figures since ${formatInstant(since)}`}>
      {detail && (
        <p className="usage-step">
          <ForeignText text={detail} />
        </p>
      )}
      <p className="usage-step">
        {historyFrom !== null && 'What was collected before stays. '}
        The collector tries again by itself and fetches what it missed.
      </p>
    </Alert>
  )
}

function CollectorProgress({ collector }: { collector: Collector }) {
  const { objectsListed, objectsStored, objectsPending, objectsPerSecond, historyFrom } = collector
  if (objectsListed === 0) return <div className="collecting">Reading the list of statistics objects…</div>
  const share = (objectsStored / Math.max(1, objectsStored + objectsPending)) * 100
  const left = objectsPerSecond ? `, about ${formatDuration(Math.max(1, objectsPending / objectsPerSecond))} left` : ''
  return (
    <div className="collecting">
      <span>
        Collecting history, newest first: {formatCount(objectsStored)} of {formatCount(objectsStored + objectsPending)}{' '}
        statistics objects{left}
        {historyFrom && `. It reaches back to ${formatInstant(historyFrom)} so far`}
      </span>
      <Progress value={share} size="sm" aria-label="History collected" />
    </div>
  )
}
