import type { Coverage } from '@ostor-console/shared/coverage'
import type { Counters, UsageSeries } from '@ostor-console/shared/usage'
import type { Reading, UsageStore } from '../../adapters/store/usage.ts'
import type { StepCounts, StepObjects } from '../../adapters/store/usage-series.ts'
import type { RangeStanding } from '../../adapters/store/usage-standing.ts'
import type { Counts } from '../../adapters/store/usage-sums.ts'
import { chooseSteps, type Steps } from '../../lists/steps.ts'
import { type Clock, coverageOfStep, gapsOf, type Range, sourceOf } from './coverage.ts'

type Query = Range & {
  cluster: string
  stepSeconds?: number | undefined
  userId?: string | undefined
  bucket?: string | undefined
}

/** A series over whole steps of UTC. The sums hold what starts within the range, and a step that sticks out of it is partial. */
export const seriesOf = (usage: UsageStore, query: Query, clock: Clock): Promise<UsageSeries> => {
  const { cluster, from, to, userId, bucket } = query
  return usage.reading(cluster, { from, to }, async (reading) => {
    const { standing } = reading
    const steps = stepsIn(reading, query)
    const found = await reading.series(steps, { userId, bucket })
    const countsAt = new Map(found.counts.map((counts) => [Number(counts.step), counts]))
    const points = coveredSteps(steps, standing, found.objects, query).map(({ at, atSeconds, coverage }) => ({
      at,
      coverage,
      counters: coverage === 'unknown' ? null : countersOf(countsAt.get(atSeconds) ?? NOTHING),
    }))
    const source = sourceOf(standing, query, clock)
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      stepSeconds: steps.stepSeconds,
      points,
      total: source.coverage === 'unknown' ? null : countersOf(sumOf(found.counts)),
      gaps: gapsOf(standing),
      source,
    }
  })
}

/** No step is shorter than the longest period of the objects. */
export const stepsIn = (
  { standing }: Reading,
  { from, to, stepSeconds }: Range & { stepSeconds?: number | undefined },
) => chooseSteps(from, to, nominalOf(standing), stepSeconds)

/** The longest period of the objects, in seconds; `null` when none is known. */
export const nominalOf = ({ services }: RangeStanding): number | null =>
  services.reduce<number | null>(
    (most, { nominalSeconds }) => (nominalSeconds !== null && nominalSeconds > (most ?? 0) ? nominalSeconds : most),
    null,
  )

export type CoveredStep = { at: string; atSeconds: number; coverage: Coverage }

/** Every step of the range with how much of it is known. */
export const coveredSteps = (
  { firstSeconds, stepSeconds, count }: Steps,
  standing: RangeStanding,
  objects: StepObjects[],
  { from, to }: Range,
): CoveredStep[] => {
  const objectsAt = new Map(objects.map((one) => [Number(one.step), one]))
  return Array.from({ length: count }, (_, index) => {
    const atSeconds = firstSeconds + index * stepSeconds
    const step = { from: new Date(atSeconds * 1000), to: new Date((atSeconds + stepSeconds) * 1000) }
    const isCut = step.from < from || step.to > to
    const coverage = coverageOfStep(standing, step, objectsAt.get(atSeconds), isCut)
    return { at: step.from.toISOString(), atSeconds, coverage }
  })
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
