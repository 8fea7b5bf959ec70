import type { Collector } from '@ostor-console/shared/collector'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount, plural } from '../../format/counts.ts'
import { formatDay, formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { Facts } from '../../ui/facts.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { COLLECTOR_WORDS } from './collector-words.ts'

/** How the collector stands, what it found, and what may be deleted at the gateway. */
export function CollectorFacts({ cluster, collector }: { cluster: string; collector: Collector }) {
  const { state, detail, staleSince, collectedAt, completeUntil, historyFrom } = collector
  const { tone, text } = COLLECTOR_WORDS[state]
  return (
    <Facts
      items={[
        [
          'State',
          <span key="state">
            <StateDot tone={tone}>{text}</StateDot>
            {staleSince && <span className="usage-stale"> stale since {formatInstant(staleSince)}</span>}
            {detail && <span className="dimmed"> {detail}</span>}
          </span>,
        ],
        ['Listed at the gateway', collectedAt ? <Age key="listed" at={collectedAt} /> : 'not yet'],
        ['Complete until', completeUntil ? formatInstant(completeUntil) : 'not complete yet'],
        ['History from', historyFrom ? formatInstant(historyFrom) : 'nothing yet'],
        ['Objects', <Objects key="objects" collector={collector} />],
        ['Gaps', <Gaps key="gaps" cluster={cluster} collector={collector} />],
        ['Quarantined', <Quarantined key="quarantined" cluster={cluster} collector={collector} />],
        ['Sizes sampled', collector.sampledAt ? formatInstant(collector.sampledAt) : 'not yet'],
        ['Counted again from raw', <Recounted key="recount" collector={collector} />],
        ['Backup', <BackedUp key="backup" collector={collector} />],
        ['Safe to delete', <Deletable key="deletable" collector={collector} />],
      ]}
    />
  )
}

function Objects({ collector }: { collector: Collector }) {
  const { objectsStored, objectsPending, objectsPerSecond } = collector
  const rate = objectsPerSecond === null ? '' : `, ${objectsPerSecond.toFixed(objectsPerSecond < 10 ? 1 : 0)} a second`
  return `${formatCount(objectsStored)} stored${objectsPending > 0 ? `, ${formatCount(objectsPending)} to come${rate}` : ''}`
}

function Gaps({ cluster, collector: { gapsOpen } }: { cluster: string; collector: Collector }): ReactNode {
  return (
    <Link to="/c/$cluster/gaps" params={{ cluster }} search={gapsOpen > 0 ? { state: 'open' } : {}} className="link">
      {gapsOpen === 0 ? 'none open' : <StateDot tone="warn">{plural(gapsOpen, 'gap')} open</StateDot>}
    </Link>
  )
}

function Quarantined({ cluster, collector }: { cluster: string; collector: Collector }): ReactNode {
  const { objectsQuarantined } = collector
  if (objectsQuarantined === 0) return 'nothing'
  return (
    <Link to="/c/$cluster/statistics" params={{ cluster }} search={{ state: 'quarantined' }} className="link">
      <StateDot tone="warn">{formatCount(objectsQuarantined)} not counted: look and decide</StateDot>
    </Link>
  )
}

function Recounted({ collector: { recount } }: { collector: Collector }): ReactNode {
  if (!recount) return 'not yet: every night, the day before is'
  const { day, objects, objectsWithoutBody, differences, detail } = recount
  const good = differences === 0
  return (
    <span title={detail ?? undefined}>
      <StateDot tone={good ? 'good' : 'bad'}>{good ? 'no difference' : plural(differences, 'difference')}</StateDot>{' '}
      <span className="dimmed">
        {formatDay(day)}, {plural(objects, 'object')}
        {objectsWithoutBody > 0 && `, ${formatCount(objectsWithoutBody)} without a raw body`}
      </span>
    </span>
  )
}

function BackedUp({ collector: { backup, backupFailedAt } }: { collector: Collector }): ReactNode {
  if (!backup && !backupFailedAt) return 'none yet: set BACKUP_DIR for one every night'
  return (
    <span>
      {backupFailedAt ? <StateDot tone="bad">failed</StateDot> : <StateDot tone="good">verified</StateDot>}{' '}
      <span className="dimmed">
        {backupFailedAt && (
          <>
            <Age at={backupFailedAt} /> ·{' '}
          </>
        )}
        {backup ? (
          <>
            last good one <Age at={backup.takenAt} />, {formatCount(backup.rows)} rows,{' '}
            {formatBytes(String(backup.bytes))}
          </>
        ) : (
          'no good one yet; the log of the console says why'
        )}
      </span>
    </span>
  )
}

function Deletable({ collector: { retention } }: { collector: Collector }): ReactNode {
  const { enabled, days, safeToDelete, deleted } = retention
  return (
    <span>
      {plural(safeToDelete, 'object')} at the gateway{' '}
      <span className="dimmed">
        {enabled
          ? `· deleted by the console after ${days} days, ${formatCount(deleted)} so far`
          : '· the console deletes none by itself; RETENTION_DAYS switches that on'}
      </span>
    </span>
  )
}
