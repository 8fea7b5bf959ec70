import { plural, t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import type { Source } from '@ostor-console/shared/coverage'
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { gatewayName } from './gap-words.ts'

/** What the figures rest on: how far they are complete, what is missing and where, and how old they are. */
export function SourceLine({ source }: { source: Source }) {
  useLingui()
  const { collectedAt, staleSince } = source
  return (
    <>
      {staleSince && (
        <span className="usage-stale">
          <IconAlertTriangle size={14} aria-hidden="true" /> {staleText(staleSince)}
          {' · '}
        </span>
      )}
      {textOf(source)}
      {collectedAt && (
        <>
          {' · '}
          <Trans>
            collected <Age at={collectedAt} />
          </Trans>
        </>
      )}
    </>
  )
}

export const staleText = (since: string): string => t`stale since ${formatInstant(since)}`

export function textOf(source: Source): string {
  const { completeUntil, objectsListed, objectsClosed, historyFrom } = source
  const open = objectsListed - objectsClosed
  return [
    completeUntil === null ? t`not complete yet` : t`complete until ${formatInstant(completeUntil)}`,
    missingText(source),
    objectsListed === 0
      ? t`no statistics objects in this range`
      : open === 0
        ? plural(objectsListed, { one: 'from # statistics object', other: 'from # statistics objects' })
        : t`${formatCount(open)} of ${formatCount(objectsListed)} statistics objects still open`,
    historyFrom !== null && t`history reaches back to ${formatInstant(historyFrom)}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

const SERVICES_NAMED = 3

/** `2 of 480 periods missing at gateway …65`; `null` when none is. */
export function missingText({ periodsExpected, periodsMissing, services }: Source): string | null {
  if (periodsMissing === 0) return null
  const gateways = services
    .slice(0, SERVICES_NAMED)
    .map(({ serviceId }) => gatewayName(serviceId))
    .join(', ')
  const missing = formatCount(periodsMissing)
  const all = formatCount(periodsExpected)
  const more = services.length - SERVICES_NAMED
  return more > 0
    ? t`${missing} of ${all} periods missing at gateway ${gateways} and ${more} more`
    : t`${missing} of ${all} periods missing at gateway ${gateways}`
}

/** What has to stand beside a figure that rests on this, or nothing when it is fresh and whole. */
export function caveatOf({ coverage, staleSince }: Source): string | null {
  if (staleSince) return staleText(staleSince)
  if (coverage === 'partial') return t`at least: not all is known yet`
  return coverage === 'unknown' ? t`no data` : null
}
