import type { Collector } from '@ostor-console/shared/collector'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { changedOf } from './usage-changes.ts'
import { countsByPeriod, type PeriodCounts } from './usage-periods.ts'
import type { By, Subject } from './usage-pieces.ts'
import { type Ranking, type RankingQuery, rankingOf } from './usage-ranking.ts'
import { countsBy, countsOfEach, objectsBy, type StepCounts, type StepObjects, type Steps } from './usage-series.ts'
import { type RangeStanding, standingIn } from './usage-standing.ts'
import { dayTiles, hourTiles } from './usage-tiles.ts'

export type Standing = Pick<
  Collector,
  | 'collectedAt'
  | 'historyFrom'
  | 'completeUntil'
  | 'objectsListed'
  | 'objectsStored'
  | 'objectsPending'
  | 'objectsQuarantined'
>

/** A range as the store was at one instant. An object counts with all it has in the step, and in the range, that it starts in. */
export type Reading = {
  standing: RangeStanding
  series(steps: Steps, subject: Subject): Promise<{ counts: StepCounts[]; objects: StepObjects[] }>
  objects(steps: Steps): Promise<StepObjects[]>
  /** Some users or buckets, each by itself. */
  each(
    steps: Steps,
    which: { by: By; ids: string[]; userId?: string | undefined },
  ): Promise<(StepCounts & { id: string })[]>
  ranking(query: RankingQuery): Promise<Ranking>
  /** Each final object by itself, as far as it counts something of the subject. */
  periods: (subject: Subject) => Promise<PeriodCounts[]>
}

export type UsageStore = ReturnType<typeof usageOf>

/** What the charts ask. */
export const usageOf = (store: Pick<Store, 'db' | 'snapshot'>) => ({
  /** All that the work reads is of one instant, so that what it adds up fits together. */
  reading: <T>(cluster: string, range: { from: Date; to: Date }, work: (reading: Reading) => Promise<T>): Promise<T> =>
    store.snapshot(async (tx) => work(await readingOf(tx, cluster, range))),

  async standing(cluster: string): Promise<Standing> {
    const [{ historyFrom, completeUntil, collectedAt }, counts] = await store.snapshot(async (tx) => {
      const nothing = { from: NEVER, to: NEVER }
      const found = await standingIn(tx, cluster, nothing, await changedOf(tx, cluster))
      return [found, await countsOf(tx, cluster)] as const
    })
    return {
      historyFrom: historyFrom?.toISOString() ?? null,
      collectedAt: collectedAt?.toISOString() ?? null,
      completeUntil: completeUntil?.toISOString() ?? null,
      ...counts,
    }
  },
})

const NEVER = new Date('9999-01-01T00:00:00Z')

const readingOf = async (tx: Kysely<Schema>, cluster: string, range: { from: Date; to: Date }): Promise<Reading> => {
  const changed = await changedOf(tx, cluster)
  const standing = await standingIn(tx, cluster, range, changed)
  const where = { cluster, ...range, changed }
  const span = { from: range.from.getTime(), to: range.to.getTime() }
  return {
    standing,
    async series(steps, subject) {
      return { counts: await countsBy(tx, where, steps, subject), objects: await objectsBy(tx, where, steps) }
    },
    objects: (steps) => objectsBy(tx, where, steps),
    each: (steps, which) => countsOfEach(tx, where, steps, which),
    ranking: (query) => {
      const each = dayTiles(span, changed, { withMonths: true })
      const all = query.userId === undefined ? hourTiles(span, changed) : each
      return rankingOf(tx, cluster, { each, all }, query)
    },
    periods: (subject) => countsByPeriod(tx, cluster, range, subject),
  }
}

const countsOf = async (db: Kysely<Schema>, cluster: string) => {
  const { rows } = await sql<Record<'listed' | 'stored' | 'pending' | 'quarantined', bigint>>`
    select count(*) filter (where state <> 'gone') as listed,
      count(*) filter (where state in ('open', 'closed')) as stored,
      count(*) filter (where state = 'listed') as pending,
      count(*) filter (where state = 'quarantined') as quarantined
    from statistics_objects where cluster_id = ${cluster}`.execute(db)
  const counts = rows[0]
  return {
    objectsListed: Number(counts?.listed ?? 0n),
    objectsStored: Number(counts?.stored ?? 0n),
    objectsPending: Number(counts?.pending ?? 0n),
    objectsQuarantined: Number(counts?.quarantined ?? 0n),
  }
}
