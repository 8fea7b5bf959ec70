import type { Source } from '@ostor-console/shared/usage'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'

/** What the figures rest on: how far they are complete, what is still open, and how far back anything is known. */
export function SourceLine({ source }: { source: Source }) {
  const { collectedAt } = source
  return (
    <>
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

export function textOf({ completeUntil, objectsListed, objectsClosed, historyFrom }: Source): string {
  const open = objectsListed - objectsClosed
  return [
    completeUntil === null ? 'not complete yet' : `complete until ${formatInstant(completeUntil)}`,
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
