import type { Coverage } from '@ostor-console/shared/coverage'
import type { Generation, StoragePoint, StorageSeries } from '@ostor-console/shared/storage'
import type { KeptSample, StorageHistory } from '../../adapters/store/storage.ts'

const HOUR_MS = 3_600_000
const STALE_MS = 2 * HOUR_MS
const MOST_GENERATIONS = 100

type Range = { from: Date; to: Date }
type Query = Range & {
  stepSeconds: number
  firstSeconds: number
  count: number
  isBucket: boolean
  /** The gateway tells no size of one of the user's buckets, so that what is known is the least that there is. */
  lacksSizes?: boolean
  now: Date
}

/** A size at an hour at which all sizes were sampled. */
type Known = { at: number; bytes: bigint; total: bigint; sample: KeptSample; life: number }

/** Stored bytes at the end of each step, and the mean over it: the growth of the byte-hours divided by the hours. */
export const seriesOf = (history: StorageHistory, query: Query): StorageSeries => {
  const { from, to, stepSeconds, firstSeconds, count, lacksSizes = false } = query
  const known = knownAt(history, query.isBucket || lacksSizes)
  let first = 0
  const points = Array.from({ length: count }, (_, index) => {
    const start = (firstSeconds + index * stepSeconds) * 1000
    const end = Math.min(start + stepSeconds * 1000, to.getTime())
    // Both are in order of time, so no step looks at what lies before it again.
    while ((known[first]?.at ?? start) < start) first += 1
    let after = first
    while ((known[after]?.at ?? Number.POSITIVE_INFINITY) <= end) after += 1
    const point = pointOf(known.slice(first, after), start, end)
    return lacksSizes ? atLeast(point) : point
  })
  const source = sourceOf(history, query, known)
  const whole = meanOf(known.filter(({ at }) => at >= from.getTime() && at <= to.getTime()))
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    stepSeconds,
    points,
    byteHours: whole && String(whole.grown),
    averageBytes: whole && String(whole.grown / BigInt(whole.hours)),
    generations: query.isBucket ? generationsOf(history.samples) : [],
    source: lacksSizes ? atLeast(source) : source,
  }
}

const atLeast = <T extends { coverage: Coverage }>(figure: T): T =>
  figure.coverage === 'complete' ? { ...figure, coverage: 'partial' } : figure

/**
 * A bucket that was not there has no size; a user or a cluster without a sample stores nothing, as every run lists all
 * buckets.
 */
export const knownAt = ({ samples, runs }: StorageHistory, isBucket: boolean): Known[] => {
  const known: Known[] = []
  let [next, life] = [0, 0]
  let current: KeptSample | null = null
  for (const run of runs) {
    for (; next < samples.length; next += 1) {
      const sample = samples[next]
      if (!sample || sample.sampledAt > run) break
      current = sample
      if (sample.isEnd) life += 1
    }
    const at = run.getTime()
    if (current && !current.isEnd) {
      const hours = BigInt(Math.round((at - current.sampledAt.getTime()) / HOUR_MS))
      known.push({ at, bytes: current.bytes, total: current.byteHours + current.bytes * hours, sample: current, life })
    } else if (!current && !isBucket) known.push({ at, bytes: 0n, total: 0n, sample: NOTHING, life })
  }
  return known
}

const NOTHING: KeptSample = {
  kind: 'user',
  id: '',
  createdAt: null,
  epoch: null,
  ownerId: '',
  sampledAt: new Date(0),
  bytes: 0n,
  byteHours: 0n,
  isEnd: false,
}

export const isSameGeneration = ({ sample: a, life: ofA }: Known, { sample: b, life: ofB }: Known): boolean =>
  a.kind !== 'bucket' || (ofA === ofB && a.createdAt?.getTime() === b.createdAt?.getTime() && a.epoch === b.epoch)

/** Between the first and the last known hour of one generation: what was deleted and made anew is not averaged. */
const meanOf = (inside: Known[]) => {
  const last = inside.at(-1)
  const first = last && inside.find((one) => isSameGeneration(one, last))
  if (!first || first.at === last.at) return null
  return {
    grown: last.total - first.total,
    hours: Math.round((last.at - first.at) / HOUR_MS),
    from: first.at,
    to: last.at,
  }
}

/** From the hours that lie in the step, its two edges included. */
const pointOf = (inside: Known[], start: number, end: number): StoragePoint => {
  const mean = meanOf(inside)
  const last = inside.findLast(({ at }) => at > start)
  return {
    at: new Date(start).toISOString(),
    coverage: coverageOf(mean, last, start, end),
    storedBytes: last ? String(last.bytes) : null,
    averageBytes: mean && String(mean.grown / BigInt(mean.hours)),
  }
}

const coverageOf = (
  mean: { from: number; to: number } | null,
  last: Known | undefined,
  start: number,
  end: number,
): Coverage => {
  if (!last) return 'unknown'
  return mean && mean.from === start && mean.to === end ? 'complete' : 'partial'
}

const generationsOf = (samples: KeptSample[]): Generation[] => {
  const generations: Generation[] = []
  for (const { createdAt, epoch, ownerId, sampledAt, isEnd } of samples) {
    const at = sampledAt.toISOString()
    const last = generations.at(-1)
    const created = createdAt?.toISOString() ?? null
    const isSame = last?.createdAt === created && last.epoch === (epoch === null ? null : String(epoch))
    if (last && (isSame || isEnd)) last.lastSampledAt = at
    else
      generations.push({
        createdAt: created,
        epoch: epoch === null ? null : String(epoch),
        ownerId,
        firstSampledAt: at,
        lastSampledAt: at,
      })
  }
  return generations.slice(-MOST_GENERATIONS)
}

export const sourceOf = (
  history: StorageHistory,
  { from, to, now }: Range & { now: Date },
  known: readonly Known[],
): StorageSeries['source'] => {
  const { firstRunAt, lastRunAt } = history
  const end = Math.min(to.getTime(), now.getTime())
  // A first step that begins before the range brings hours of its own.
  const runs = history.runs.filter((run) => run >= from).length
  const sized = known.filter(({ at }) => at >= from.getTime())
  const last = sized.at(-1)
  // The mean is that of the last life alone.
  const isWhole = sized.length === runs && sized.every((one) => last && isSameGeneration(one, last))
  const expected = Math.max(0, Math.floor(end / HOUR_MS) - Math.ceil(from.getTime() / HOUR_MS) + 1)
  const missing = Math.max(0, expected - runs)
  const isStale =
    lastRunAt !== null && end > lastRunAt.getTime() + HOUR_MS && now.getTime() - lastRunAt.getTime() > STALE_MS
  return {
    coverage: !last ? 'unknown' : missing === 0 && isWhole ? 'complete' : 'partial',
    hoursExpected: expected,
    hoursMissing: missing,
    historyFrom: firstRunAt?.toISOString() ?? null,
    sampledAt: lastRunAt?.toISOString() ?? null,
    staleSince: isStale ? lastRunAt.toISOString() : null,
  }
}
