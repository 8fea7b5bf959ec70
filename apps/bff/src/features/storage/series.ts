import type { Generation, StoragePoint, StorageSeries } from '@ostor-console/shared/storage'
import type { KeptSample, StorageHistory } from '../../adapters/store/storage.ts'
import type { Silence } from '../../adapters/store/untold-sizes.ts'

const HOUR_MS = 3_600_000
const STALE_MS = 2 * HOUR_MS
const MOST_GENERATIONS = 100

type Range = { from: Date; to: Date }
type Query = Range & {
  stepSeconds: number
  firstSeconds: number
  count: number
  isBucket: boolean
  now: Date
}

/** A size at an hour at which all sizes were sampled. `lacks`: it is the least, since that of a bucket was not told. */
type Known = { at: number; bytes: bigint; total: bigint; sample: KeptSample; life: number; lacks: boolean }

/** Stored bytes at the end of each step, and the mean over it: the growth of the byte-hours divided by the hours. */
export const seriesOf = (history: StorageHistory, query: Query): StorageSeries => {
  const { from, to, stepSeconds, firstSeconds, count } = query
  const known = knownAt(history, query.isBucket)
  // The sizes of a bucket itself are exact wherever they are known.
  const late = query.isBucket ? [] : history.silences
  let first = 0
  const points = Array.from({ length: count }, (_, index) => {
    const start = (firstSeconds + index * stepSeconds) * 1000
    const end = Math.min(start + stepSeconds * 1000, to.getTime())
    // Both are in order of time, so no step looks at what lies before it again.
    while ((known[first]?.at ?? start) < start) first += 1
    let after = first
    while ((known[after]?.at ?? Number.POSITIVE_INFINITY) <= end) after += 1
    return pointOf(known.slice(first, after), start, end, late)
  })
  const whole = meanOf(
    known.filter(({ at }) => at >= from.getTime() && at <= to.getTime()),
    late,
  )
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    stepSeconds,
    points,
    byteHours: whole && String(whole.grown),
    averageBytes: whole && String(whole.grown / BigInt(whole.hours)),
    generations: query.isBucket ? generationsOf(history.samples) : [],
    source: sourceOf(history, query, known),
  }
}

/**
 * A bucket that was not there has no size; a user or a cluster without a sample stores nothing, as every run lists all
 * buckets.
 */
export const knownAt = ({ samples, runs, silences }: StorageHistory, isBucket: boolean): Known[] => {
  const known: Known[] = []
  const isUntold = silentIn(silences)
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
    const lacks = isUntold(run)
    // Nothing besides what is not told is no size of 0.
    if (lacks && (isBucket || !current?.bytes)) continue
    if (current && !current.isEnd) {
      const hours = BigInt(Math.round((at - current.sampledAt.getTime()) / HOUR_MS))
      known.push({
        at,
        bytes: current.bytes,
        total: current.byteHours + current.bytes * hours,
        sample: current,
        life,
        lacks,
      })
    } else if (!current && !isBucket) known.push({ at, bytes: 0n, total: 0n, sample: NOTHING, life, lacks })
  }
  return known
}

/** Whether an hour lies within one of them; asked for in order of time. */
const silentIn = (silences: Silence[]) => {
  let next = 0
  let latest = 0
  return (run: Date): boolean => {
    for (let silence = silences[next]; silence && silence.since < run; silence = silences[next]) {
      latest = Math.max(latest, silence.until?.getTime() ?? Number.POSITIVE_INFINITY)
      next += 1
    }
    return run.getTime() < latest
  }
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

/**
 * Between the first and the last known hour of one generation: what was deleted and made anew is not averaged, and what
 * came in late and may be of an earlier time is left out.
 */
const meanOf = (inside: Known[], silences: Silence[]) => {
  const last = inside.at(-1)
  const first = last && inside.find((one) => isSameGeneration(one, last))
  if (!first || first.at === last.at) return null
  const meanwhile = silences.filter(
    ({ since, until }) => since.getTime() < last.at && !(until && until.getTime() <= first.at),
  )
  const late = meanwhile.filter(({ since, until }) => since.getTime() < first.at && until && until.getTime() <= last.at)
  return {
    grown: late.reduce((left, { caughtUp }) => left - caughtUp, last.total - first.total),
    hours: Math.round((last.at - first.at) / HOUR_MS),
    from: first.at,
    to: last.at,
    isLeast: first.lacks || last.lacks || meanwhile.some(({ isLost }) => isLost),
  }
}

/** From the hours that lie in the step, its two edges included. */
const pointOf = (inside: Known[], start: number, end: number, silences: Silence[]): StoragePoint => {
  const mean = meanOf(inside, silences)
  const last = inside.findLast(({ at }) => at > start)
  const isWhole = mean?.from === start && mean.to === end && !mean.isLeast
  return {
    at: new Date(start).toISOString(),
    coverage: last ? (isWhole ? 'complete' : 'partial') : 'unknown',
    storedBytes: last ? String(last.bytes) : null,
    averageBytes: mean && String(mean.grown / BigInt(mean.hours)),
  }
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
  const inRange = history.runs.filter((run) => run >= from)
  const runs = inRange.length
  const sized = known.filter(({ at }) => at >= from.getTime())
  const last = sized.at(-1)
  // The mean is that of the last life alone.
  const isTold =
    sized.every(({ lacks }) => !lacks) &&
    !history.silences.some((silence) => silence.isLost && silence.since.getTime() < end)
  const isWhole = isTold && sized.length === runs && sized.every((one) => last && isSameGeneration(one, last))
  const expected = Math.max(0, Math.floor(end / HOUR_MS) - Math.ceil(from.getTime() / HOUR_MS) + 1)
  const missing = Math.max(0, expected - runs)
  const isStale =
    lastRunAt !== null && end > lastRunAt.getTime() + HOUR_MS && now.getTime() - lastRunAt.getTime() > STALE_MS
  return {
    coverage: !last ? 'unknown' : missing === 0 && isWhole ? 'complete' : 'partial',
    hoursExpected: expected,
    hoursMissing: missing,
    hoursUntold: inRange.filter(silentIn(history.silences)).length,
    historyFrom: firstRunAt?.toISOString() ?? null,
    sampledAt: lastRunAt?.toISOString() ?? null,
    staleSince: isStale ? lastRunAt.toISOString() : null,
  }
}
