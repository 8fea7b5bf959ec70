import type { Top, TopEntry } from '@ostor-console/shared/usage'
import type { UsageStore } from '../../adapters/store/usage.ts'
import type { Ranked, RankingQuery } from '../../adapters/store/usage-ranking.ts'
import { countersOf, sourceOf } from './series.ts'

/** What the gateway calls users and buckets now; `null` for those it no longer has. */
export type Names = { labelOf: (userId: string) => string | null; ownerOf: (bucket: string) => string | null }

/** Requests that belong to no bucket, such as listing one's buckets, stand in one line of their own. */
const NO_BUCKET = '(no bucket)'

export const topOf = async (
  usage: Pick<UsageStore, 'range' | 'ranking'>,
  query: RankingQuery,
  { labelOf, ownerOf }: Names,
): Promise<Top> => {
  const { cluster, from, to, by } = query
  const [standing, ranking] = [await usage.range(cluster, from, to), await usage.ranking(query)]

  const entryOf = (ranked: Ranked): TopEntry => {
    const { id } = ranked
    const counters = countersOf(ranked)
    if (by === 'user') return { id, label: labelOf(id), userId: null, counters }
    if (id === '') return { id, label: NO_BUCKET, userId: null, counters }
    return { id, label: id, userId: ownerOf(id) ?? ranked.userId, counters }
  }
  const { items, others } = ranking
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    items: items.map(entryOf),
    others: others && { count: Number(others.count), counters: countersOf(others) },
    source: sourceOf(standing, { from, to }),
  }
}
