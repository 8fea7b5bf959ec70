import type { Counters, Coverage, Source, UsageSeries } from '@ostor-console/shared/usage'
import type { RangeStanding, StepCounts, StepObjects, UsageStore } from '../../adapters/store/usage.ts'
import type { Counts } from '../../adapters/store/usage-sums.ts'
import { chooseSteps } from './steps.ts'

export type Range = { from: Date; to: Date }

type Query = Range & {
  cluster: string
  stepSeconds?: number | undefined
  userId?: string | undefined
  bucket?: string | undefined
}

/** A series over whole steps of UTC. The sums hold what starts within the range, and a step that sticks out of it is partial. */
export const seriesOf = async (usage: Pick<UsageStore, 'range' | 'series'>, query: Query): Promise<UsageSeries> => {
  const { cluster, from, to, userId, bucket } = query
  const standing = await usage.range(cluster, from, to)
  const steps = chooseSteps(from, to, standing.nominalSeconds, query.stepSeconds)
  const { stepSeconds, firstSeconds, originSeconds, count } = steps
  const found = await usage.series({ cluster, from, to, stepSeconds, originSeconds, userId, bucket })
  const countsAt = new Map(found.counts.map((counts) => [Number(counts.step), counts]))
  const objectsAt = new Map(found.objects.map((objects) => [Number(objects.step), objects]))

  const points = Array.from({ length: count }, (_, index) => {
    const atSeconds = firstSeconds + index * stepSeconds
    const [at, end] = [new Date(atSeconds * 1000), new Date((atSeconds + stepSeconds) * 1000)]
    const isWithin = at >= from && end <= to
    const coverage = coverageOfStep(objectsAt.get(atSeconds), isWithin ? end : null, standing.settledUntil)
    const counters = coverage === 'unknown' ? null : countersOf(countsAt.get(atSeconds) ?? NOTHING)
    return { at: at.toISOString(), coverage, counters }
  })
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    stepSeconds,
    points,
    total: standing.stored === 0 ? null : countersOf(sumOf(found.counts)),
    source: sourceOf(standing, { from, to }),
  }
}

/** `end` is `null` when the step reaches out of what was asked for. */
export const coverageOfStep = (
  objects: Omit<StepObjects, 'step'> | undefined,
  end: Date | null,
  settledUntil: Date | null,
): Coverage => {
  if (!objects || objects.stored === 0n) return 'unknown'
  const isSettled = end !== null && settledUntil !== null && end <= settledUntil
  return isSettled && objects.closed === objects.listed ? 'complete' : 'partial'
}

/**
 * What a range rests on. It is complete when the gateway's history reaches back to its beginning, every object that
 * starts in it is final, and its end lies before the oldest object that may still grow or be listed late.
 */
export const sourceOf = (standing: RangeStanding, { from, to }: Range): Source => {
  const { listed, stored, closed, historyFrom, settledUntil, firstHole, collectedAt } = standing
  const isWhole = historyFrom !== null && historyFrom <= from && settledUntil !== null && settledUntil >= to
  const completeUntil = settledUntil && firstHole && firstHole < settledUntil ? firstHole : settledUntil
  return {
    coverage: stored === 0 ? 'unknown' : isWhole && closed === listed ? 'complete' : 'partial',
    objectsListed: listed,
    objectsClosed: closed,
    historyFrom: historyFrom?.toISOString() ?? null,
    completeUntil: completeUntil?.toISOString() ?? null,
    collectedAt: collectedAt?.toISOString() ?? null,
  }
}

const NOTHING: Counts = {
  uploadedBytes: 0n,
  downloadedBytes: 0n,
  putOps: 0n,
  getOps: 0n,
  listOps: 0n,
  otherOps: 0n,
}

const sumOf = (steps: StepCounts[]): Counts =>
  steps.reduce<Counts>(
    (sum, step) => ({
      uploadedBytes: sum.uploadedBytes + step.uploadedBytes,
      downloadedBytes: sum.downloadedBytes + step.downloadedBytes,
      putOps: sum.putOps + step.putOps,
      getOps: sum.getOps + step.getOps,
      listOps: sum.listOps + step.listOps,
      otherOps: sum.otherOps + step.otherOps,
    }),
    NOTHING,
  )

export const countersOf = (counts: Counts): Counters => ({
  uploadedBytes: String(counts.uploadedBytes),
  downloadedBytes: String(counts.downloadedBytes),
  putOps: String(counts.putOps),
  getOps: String(counts.getOps),
  listOps: String(counts.listOps),
  otherOps: String(counts.otherOps),
})
