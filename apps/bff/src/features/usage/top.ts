import type { Top, TopEntry } from '@ostor-console/shared/usage'
import type { UsageStore } from '../../adapters/store/usage.ts'
import type { Ranked, RankingQuery } from '../../adapters/store/usage-ranking.ts'
import { type Clock, type Range, sourceOf } from './coverage.ts'
import { labelIn, type Names } from './names.ts'
import { countersOf } from './series.ts'

type Query = Range & RankingQuery & { cluster: string }

export const topOf = (usage: UsageStore, query: Query, names: Names, clock: Clock): Promise<Top> => {
  const { cluster, from, to, by } = query
  const entryOf = (ranked: Ranked): TopEntry => {
    const { id } = ranked
    const owner = by === 'bucket' && id !== '' ? (names.ownerOf(id) ?? ranked.userId) : null
    return { id, label: labelIn(names, by, id), userId: owner, counters: countersOf(ranked) }
  }
  return usage.reading(cluster, { from, to }, async (reading) => {
    const { items, others } = await reading.ranking(query)
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      items: items.map(entryOf),
      others: others && { count: Number(others.count), counters: countersOf(others) },
      source: sourceOf(reading.standing, query, clock),
    }
  })
}
