import type { Source } from '@ostor-console/shared/coverage'
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { gatewayName } from './gap-words.ts'

/** What the figures rest on: how far they are complete, what is missing and where, and how old they are. */
export function SourceLine({ source }: { source: Source }) {
  const { collectedAt, staleSince } = source
  return (
    <>
      {staleSince && (
        <span className="usage-stale">
          <IconAlertTriangle size={14} aria-hidden="true" /> stale since {formatInstant(staleSince)}
          {' · '}
        </span>
      )}
      {textOf(source)}
      {collectedAt && (
        <>
          {' · collected '}
          <Age at={collectedAt} />
        </>
      )}
    </>
  )
}

export function textOf(source: Source): string {
  const { completeUntil, objectsListed, objectsClosed, historyFrom } = source
  const open = objectsListed - objectsClosed
  return [
    completeUntil === null ? 'not complete yet' : `complete until ${formatInstant(completeUntil)}`,
    missingText(source),
    objectsListed === 0
      ? 'no statistics objects in this range'
      : open === 0
        ? `from ${formatCount(objectsListed)} statistics objects`
        : `${formatCount(open)} of ${formatCount(objectsListed)} statistics objects still open`,
    historyFrom !== null && `history reaches back to ${formatInstant(historyFrom)}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

const SERVICES_NAMED = 3

/** `2 of 480 periods missing at gateway …65`; `null` when none is. */
export function missingText({ periodsExpected, periodsMissing, services }: Source): string | null {
  if (periodsMissing === 0) return null
  const named = services.slice(0, SERVICES_NAMED).map(({ serviceId }) => gatewayName(serviceId))
  const more = services.length > SERVICES_NAMED ? ` and ${services.length - SERVICES_NAMED} more` : ''
  return `${formatCount(periodsMissing)} of ${formatCount(periodsExpected)} periods missing at gateway ${named.join(', ')}${more}`
}

/** What has to stand beside a figure that rests on this, or nothing when it is fresh and whole. */
export function caveatOf({ coverage, staleSince }: Source): string | null {
  if (staleSince) return `stale since ${formatInstant(staleSince)}`
  if (coverage === 'partial') return 'at least: not all is known yet'
  return coverage === 'unknown' ? 'no data' : null
}
