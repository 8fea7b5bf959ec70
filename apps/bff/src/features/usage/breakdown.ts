import type { Breakdown, Metric } from '@ostor-console/shared/usage'
import type { UsageStore } from '../../adapters/store/usage.ts'
import type { By } from '../../adapters/store/usage-pieces.ts'
import { type Clock, gapsOf, type Range, sourceOf } from './coverage.ts'
import { valueOf } from './metric.ts'
import { labelIn, type Names } from './names.ts'
import { coveredSteps, stepsIn } from './series.ts'

type Query = Range & {
  cluster: string
  by: By
  metric: Metric
  limit: number
  stepSeconds?: number | undefined
  userId?: string | undefined
}

/** The users or buckets with most of a metric over time, and all others as what is left of the whole. */
export const breakdownOf = (usage: UsageStore, query: Query, names: Names, clock: Clock): Promise<Breakdown> => {
  const { cluster, from, to, by, metric, userId } = query
  return usage.reading(cluster, { from, to }, async (reading) => {
    const steps = stepsIn(reading, query)
    const { items, others } = await reading.ranking(query)
    const ids = items.map(({ id }) => id)
    const whole = await reading.series(steps, { userId })
    const each = await reading.each(steps, { by, ids, userId })
    const wholeAt = new Map(whole.counts.map((counts) => [Number(counts.step), valueOf(metric, counts)]))
    const valueAt = new Map(each.map((counts) => [`${counts.step} ${counts.id}`, valueOf(metric, counts)]))

    const points = coveredSteps(steps, reading.standing, whole.objects, query).map(({ at, atSeconds, coverage }) => {
      if (coverage === 'unknown') return { at, coverage, values: null, others: null }
      const values = ids.map((id) => valueAt.get(`${atSeconds} ${id}`) ?? 0n)
      const rest = values.reduce((left, value) => left - value, wholeAt.get(atSeconds) ?? 0n)
      return { at, coverage, values: values.map(String), others: String(rest) }
    })
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      stepSeconds: steps.stepSeconds,
      series: items.map((item) => ({
        id: item.id,
        label: labelIn(names, by, item.id),
        total: String(valueOf(metric, item)),
      })),
      others: others && { count: Number(others.count), total: String(valueOf(metric, others)) },
      points,
      gaps: gapsOf(reading.standing),
      source: sourceOf(reading.standing, query, clock),
    }
  })
}
