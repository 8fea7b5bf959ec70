import type { Coverage, Gap, ServiceCoverage, Source } from '@ostor-console/shared/coverage'
import type { StoredGap } from '../../adapters/store/gaps.ts'
import type { RangeStanding, ServiceStanding } from '../../adapters/store/usage-standing.ts'

export type Range = { from: Date; to: Date }
/** When it is now, and how old a list of the gateway may be. */
export type Clock = { now: Date; staleAfterMs: number }
type Objects = { listed: bigint; stored: bigint; closed: bigint }

const MOST_SERVICES = 20
const MOST_GAPS = 500

/** Gaps that make figures incomplete: nobody has said that nothing is missing in them. */
const isOpen = ({ kind, accepted }: StoredGap): boolean => kind !== 'overlap' && !accepted
const overlaps = ({ from, to }: Range, gap: Range): boolean => gap.from < to && gap.to > from

/**
 * Whether every service that had begun was silent, as an admin has accepted, but for what an object from before the range
 * reaches into it; then 0 is what is known.
 */
const isAcceptedSilence = (standing: RangeStanding, range: Range): boolean => {
  const begun = standing.services.filter(({ firstStart }) => firstStart !== null && firstStart < range.to)
  const isExamined = isSettled(standing, range) && !standing.gaps.some((gap) => isOpen(gap) && overlaps(range, gap))
  const isSilence = (gap: StoredGap) => gap.accepted && gap.from <= range.from && gap.to >= range.to
  return (
    begun.length > 0 &&
    begun.every(({ serviceId }) =>
      standing.gaps.some(
        (gap) =>
          gap.serviceId === serviceId &&
          (isSilence(gap) || (isExamined && gap.kind === 'missing' && overlaps(range, gap))),
      ),
    )
  )
}

const isSettled = ({ historyFrom, completeUntil }: RangeStanding, { from, to }: Range): boolean =>
  historyFrom !== null && historyFrom <= from && completeUntil !== null && completeUntil >= to

/** `isCut` says that the step reaches out of the range that was asked for. */
export const coverageOfStep = (
  standing: RangeStanding,
  step: Range,
  objects: Objects | undefined,
  isCut: boolean,
): Coverage => {
  if (!objects || objects.listed === 0n) return isAcceptedSilence(standing, step) ? 'complete' : 'unknown'
  if (objects.stored === 0n) return 'unknown'
  const isWhole = objects.closed === objects.listed && !standing.gaps.some((gap) => isOpen(gap) && overlaps(step, gap))
  return isSettled(standing, step) && isWhole && !isCut ? 'complete' : 'partial'
}

/** Periods of a gap that lie in the range. */
export const periodsIn = ({ from, to }: Range, gap: StoredGap): number => {
  const inside = Math.min(to.getTime(), gap.to.getTime()) - Math.max(from.getTime(), gap.from.getTime())
  return Math.max(1, Math.round((gap.periods * inside) / (gap.to.getTime() - gap.from.getTime())))
}

const serviceOf = (service: ServiceStanding, gaps: readonly StoredGap[], range: Range): ServiceCoverage => {
  const own = gaps.filter(({ serviceId }) => serviceId === service.serviceId)
  const sum = (kinds: StoredGap['kind'][]) =>
    own.reduce((all, gap) => all + (kinds.includes(gap.kind) ? periodsIn(range, gap) : 0), 0)
  return {
    serviceId: service.serviceId,
    // Of a short period there is an object, which lacks its end.
    periodsExpected: service.stored + sum(['missing']),
    periodsMissing: sum(['missing', 'short']),
    completeUntil: service.completeUntil?.toISOString() ?? null,
  }
}

/**
 * What a range rests on. It is complete when the history reaches back to its beginning, every object that starts in it
 * is final, no gap in it is open, and its end lies before what may still grow or be listed late.
 */
export const sourceOf = (standing: RangeStanding, range: Range, { now, staleAfterMs }: Clock): Source => {
  const { services, collectedAt, historyFrom, completeUntil } = standing
  const sum = (of: (service: ServiceStanding) => number) => services.reduce((all, service) => all + of(service), 0)
  const [listed, stored, closed] = [sum((one) => one.listed), sum((one) => one.stored), sum((one) => one.closed)]
  const gaps = standing.gaps.filter((gap) => isOpen(gap) && overlaps(range, gap))
  const covered = services.map((service) => serviceOf(service, gaps, range))
  const isWhole = isSettled(standing, range) && closed === listed && gaps.length === 0
  const isKnown = stored > 0 || (listed === 0 && isAcceptedSilence(standing, range))
  const isBehind = completeUntil === null || completeUntil < range.to
  const isStale = collectedAt !== null && isBehind && now.getTime() - collectedAt.getTime() > staleAfterMs
  return {
    coverage: !isKnown ? 'unknown' : isWhole ? 'complete' : 'partial',
    objectsListed: listed,
    objectsClosed: closed,
    periodsExpected: covered.reduce((all, { periodsExpected }) => all + periodsExpected, 0),
    periodsMissing: covered.reduce((all, { periodsMissing }) => all + periodsMissing, 0),
    services: covered
      .filter(({ periodsMissing }) => periodsMissing > 0)
      .toSorted((a, b) => b.periodsMissing - a.periodsMissing)
      .slice(0, MOST_SERVICES),
    historyFrom: historyFrom?.toISOString() ?? null,
    completeUntil: completeUntil?.toISOString() ?? null,
    collectedAt: collectedAt?.toISOString() ?? null,
    staleSince: isStale ? collectedAt.toISOString() : null,
  }
}

export const gapsOf = ({ gaps }: RangeStanding): Gap[] =>
  gaps.slice(0, MOST_GAPS).map(({ serviceId, kind, from, to, periods, accepted }) => ({
    serviceId,
    kind,
    from: from.toISOString(),
    to: to.toISOString(),
    periods,
    accepted,
  }))
