import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { Collector } from '@ostor-console/shared/collector'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { formatDay, formatInstant } from '../../format/dates.ts'
import { inEach } from '../../format/locale.ts'
import { Age } from '../../ui/age.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { useServerText } from '../../words/server-words.ts'
import { COLLECTOR_WORDS, quarantinedText } from './collector-words.ts'
import { staleText } from './source-line.tsx'

/** How the collector stands, what it found, and what may be deleted at the gateway. */
export function CollectorFacts({ cluster, collector }: { cluster: string; collector: Collector }) {
  const { t } = useLingui()
  const { state, detail, staleSince, collectedAt, completeUntil, historyFrom } = collector
  const { tone, text } = COLLECTOR_WORDS[state]
  return (
    <Facts
      items={[
        [
          t`State`,
          <span key="state">
            <StateDot tone={tone}>{t(text)}</StateDot>
            {staleSince && <span className="usage-stale"> {staleText(staleSince)}</span>}
            {detail && (
              <span className="dimmed">
                {' '}
                <ServerSentence text={detail} />
              </span>
            )}
          </span>,
        ],
        [t`Listed at the gateway`, collectedAt ? <Age key="listed" at={collectedAt} /> : t`not yet`],
        [t`Complete until`, completeUntil ? formatInstant(completeUntil) : t`not complete yet`],
        [t`History from`, historyFrom ? formatInstant(historyFrom) : t`nothing yet`],
        [t`Objects`, objectsText(collector)],
        [t`Gaps`, <Gaps key="gaps" cluster={cluster} collector={collector} />],
        [t`Quarantined`, <Quarantined key="quarantined" cluster={cluster} collector={collector} />],
        [t`Sizes sampled`, collector.sampledAt ? formatInstant(collector.sampledAt) : t`not yet`],
        [t`Counted again from raw`, <Recounted key="recount" collector={collector} />],
        [t`Backup`, <BackedUp key="backup" collector={collector} />],
        [t`Safe to delete`, <Deletable key="deletable" collector={collector} />],
      ]}
    />
  )
}

const rates = (places: number) =>
  inEach(
    (locale) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: places,
        maximumFractionDigits: places,
        useGrouping: false,
      }),
  )
const slowRate = rates(1)
const fastRate = rates(0)

const objectsText = ({ objectsStored, objectsPending, objectsPerSecond }: Collector): string => {
  const stored = formatCount(objectsStored)
  const pending = formatCount(objectsPending)
  if (objectsPending === 0) return t`${stored} stored`
  if (objectsPerSecond === null) return t`${stored} stored, ${pending} to come`
  const rate = (objectsPerSecond < 10 ? slowRate : fastRate)().format(objectsPerSecond)
  return t`${stored} stored, ${pending} to come, ${rate} a second`
}

function Gaps({ cluster, collector: { gapsOpen } }: { cluster: string; collector: Collector }): ReactNode {
  const { t } = useLingui()
  return (
    <Link to="/c/$cluster/gaps" params={{ cluster }} search={gapsOpen > 0 ? { state: 'open' } : {}} className="link">
      {gapsOpen === 0 ? (
        t`none open`
      ) : (
        <StateDot tone="warn">{plural(gapsOpen, { one: '# gap open', other: '# gaps open' })}</StateDot>
      )}
    </Link>
  )
}

function Quarantined({ cluster, collector }: { cluster: string; collector: Collector }): ReactNode {
  const { objectsQuarantined } = collector
  if (objectsQuarantined === 0) return <Trans>nothing</Trans>
  return (
    <Link to="/c/$cluster/statistics" params={{ cluster }} search={{ state: 'quarantined' }} className="link">
      <StateDot tone="warn">{quarantinedText(objectsQuarantined)}</StateDot>
    </Link>
  )
}

function Recounted({ collector: { recount } }: { collector: Collector }): ReactNode {
  const { t } = useLingui()
  const inWords = useServerText()
  if (!recount) return t`not yet: every night, the day before is`
  const { differences, detail } = recount
  const good = differences === 0
  return (
    <span title={detail === null ? undefined : inWords(detail)}>
      <StateDot tone={good ? 'good' : 'bad'}>
        {good ? t`no difference` : plural(differences, { one: '# difference', other: '# differences' })}
      </StateDot>{' '}
      <span className="dimmed">{recountedText(recount)}</span>
    </span>
  )
}

const recountedText = ({ day, objects, objectsWithoutBody }: NonNullable<Collector['recount']>): string => {
  // Days are counted again by UTC, whatever clock the page goes by.
  const date = formatDay(day, 'UTC')
  const without = formatCount(objectsWithoutBody)
  return objectsWithoutBody > 0
    ? plural(objects, {
        one: `${date}, # object, ${without} without a raw body`,
        other: `${date}, # objects, ${without} without a raw body`,
      })
    : plural(objects, { one: `${date}, # object`, other: `${date}, # objects` })
}

function BackedUp({ collector: { backup, backupFailedAt } }: { collector: Collector }): ReactNode {
  const { t } = useLingui()
  if (!backup && !backupFailedAt) return t`none yet: set BACKUP_DIR for one every night`
  return (
    <span>
      {backupFailedAt ? <StateDot tone="bad">{t`failed`}</StateDot> : <StateDot tone="good">{t`verified`}</StateDot>}{' '}
      <span className="dimmed">
        {backupFailedAt && (
          <>
            <Age at={backupFailedAt} /> ·{' '}
          </>
        )}
        {backup ? (
          <Trans>
            last good one <Age at={backup.takenAt} />, {formatCount(backup.rows)} rows,{' '}
            {formatBytes(String(backup.bytes))}
          </Trans>
        ) : (
          t`no good one yet; the log of the console says why`
        )}
      </span>
    </span>
  )
}

function Deletable({ collector: { retention } }: { collector: Collector }): ReactNode {
  const { t } = useLingui()
  const { enabled, days, safeToDelete, deleted } = retention
  const gone = formatCount(deleted)
  return (
    <span>
      {plural(safeToDelete, { one: '# object at the gateway', other: '# objects at the gateway' })}{' '}
      <span className="dimmed">
        ·{' '}
        {enabled
          ? plural(days, {
              one: `deleted by the console after # day, ${gone} so far`,
              other: `deleted by the console after # days, ${gone} so far`,
            })
          : t`the console deletes none by itself; RETENTION_DAYS switches that on`}
      </span>
    </span>
  )
}
