import type { Collector } from '@ostor-console/shared/usage'
import { sql } from 'kysely'
import type { Store } from './store.ts'
import { type RankingQuery, rankingOf } from './usage-ranking.ts'
import { type Counts, SUMS, SUMS_OF_SUMS } from './usage-sums.ts'

export type SeriesQuery = {
  cluster: string
  from: Date
  to: Date
  stepSeconds: number
  /** Seconds since 1970 at which one of the steps begins. */
  originSeconds: number
  userId?: string | undefined
  bucket?: string | undefined
}

/** A step that has objects or rows; `step` is its start in seconds since 1970. */
export type StepCounts = Counts & { step: bigint }
export type StepObjects = { step: bigint; listed: bigint; stored: bigint; closed: bigint }

export type Standing = Omit<Collector, 'state' | 'detail' | 'since' | 'objectsPerSecond'>

/** How the objects that start within a range stand. */
export type RangeStanding = {
  listed: number
  stored: number
  closed: number
  /** Start of the first stored object of the cluster, and when its gateway was listed last. */
  historyFrom: Date | null
  collectedAt: Date | null
  /** Whatever starts after `historyFrom` and before this is read and cannot change any more, as far as it can be read. */
  settledUntil: Date | null
  /** Start of the first object in the range, and after `historyFrom`, that is not final. */
  firstHole: Date | null
  /** The commonest period of the objects in the range. */
  nominalSeconds: number | null
}

export type UsageStore = ReturnType<typeof usageOf>

/** What the charts ask. An object counts with all it has in the step, and in the range, that it starts in. */
export const usageOf = (store: Store) => ({
  async standing(cluster: string): Promise<Standing> {
    const { historyFrom, collectedAt, settledUntil, ...counts } = await settled(store, cluster)
    return {
      historyFrom: historyFrom?.toISOString() ?? null,
      collectedAt: collectedAt?.toISOString() ?? null,
      completeUntil: settledUntil?.toISOString() ?? null,
      ...counts,
    }
  },

  async range(cluster: string, from: Date, to: Date): Promise<RangeStanding> {
    const { historyFrom, collectedAt, settledUntil } = await settled(store, cluster)
    const known = historyFrom && historyFrom > from ? historyFrom : from
    const { rows } = await sql<{
      listed: bigint
      stored: bigint
      closed: bigint
      first_hole: Date | null
      nominal_s: number | null
    }>`
      select count(*) as listed, count(*) filter (where sha256 is not null) as stored,
        count(*) filter (where closed_at is not null) as closed,
        min(started_at) filter (where closed_at is null and started_at >= ${known}) as first_hole,
        mode() within group (order by nominal_s) as nominal_s
      from statistics_objects
      where cluster_id = ${cluster} and started_at >= ${from} and started_at < ${to}`.execute(store.db)
    const row = rows[0]
    return {
      listed: Number(row?.listed ?? 0),
      stored: Number(row?.stored ?? 0),
      closed: Number(row?.closed ?? 0),
      historyFrom,
      collectedAt,
      settledUntil,
      firstHole: row?.first_hole ?? null,
      nominalSeconds: row?.nominal_s ?? null,
    }
  },

  /** Only the steps that have something, in order. */
  async series(query: SeriesQuery): Promise<{ counts: StepCounts[]; objects: StepObjects[] }> {
    const { cluster, from, to, userId, bucket } = query
    const step = stepOf(query)
    // Grouped by start first: there are few starts, and arithmetic on each row would take longer than all the sums.
    const counts = await sql<StepCounts>`
      with starts as (
        select started_at, ${SUMS} from usage_rows
        where cluster_id = ${cluster} and started_at >= ${from} and started_at < ${to}
          ${userId === undefined ? sql`` : sql`and user_id = ${userId}`}
          ${bucket === undefined ? sql`` : sql`and bucket = ${bucket}`}
        group by started_at
      )
      select ${step} as step, ${SUMS_OF_SUMS} from starts group by 1 order by 1`.execute(store.db)
    const objects = await sql<StepObjects>`
      select ${step} as step, count(*) as listed, count(*) filter (where sha256 is not null) as stored,
        count(*) filter (where closed_at is not null) as closed
      from statistics_objects
      where cluster_id = ${cluster} and started_at >= ${from} and started_at < ${to}
      group by 1 order by 1`.execute(store.db)
    return { counts: counts.rows, objects: objects.rows }
  },

  ranking: (query: RankingQuery) => rankingOf(store.db, query),
})

const stepOf = ({ stepSeconds, originSeconds }: SeriesQuery) => {
  const seconds = sql`cast(floor(extract(epoch from started_at)) as bigint)`
  return sql`${seconds} - (${seconds} - ${sql.lit(originSeconds)}) % ${sql.lit(stepSeconds)}`
}

type Settled = Pick<RangeStanding, 'historyFrom' | 'collectedAt' | 'settledUntil'> &
  Pick<Standing, 'objectsListed' | 'objectsStored' | 'objectsPending' | 'objectsQuarantined'>

const settled = async ({ db }: Store, cluster: string): Promise<Settled> => {
  const { rows } = await sql<Record<'listed' | 'stored' | 'pending' | 'quarantined', bigint> & Dates>`
    with history as (
      select min(started_at) as start from statistics_objects where cluster_id = ${cluster} and sha256 is not null
    )
    select count(*) filter (where state <> 'gone') as listed,
      count(*) filter (where state in ('open', 'closed')) as stored,
      count(*) filter (where state = 'listed') as pending,
      count(*) filter (where state = 'quarantined') as quarantined,
      min(history.start) as history_from,
      min(started_at) filter (where state in ('listed', 'open') and started_at >= history.start) as first_open,
      max(started_at + period_s * interval '1 second') filter (where closed_at is not null) as last_end
    from statistics_objects, history where cluster_id = ${cluster}`.execute(db)
  const state = await db.selectFrom('collector_state').selectAll().where('cluster_id', '=', cluster).executeTakeFirst()
  const row = rows[0]
  return {
    historyFrom: row?.history_from ?? null,
    collectedAt: state?.listed_at ?? null,
    settledUntil: row?.last_end && state ? earliest(row.last_end, state.covers_until, row.first_open) : null,
    objectsListed: Number(row?.listed ?? 0),
    objectsStored: Number(row?.stored ?? 0),
    objectsPending: Number(row?.pending ?? 0),
    objectsQuarantined: Number(row?.quarantined ?? 0),
  }
}

type Dates = Record<'history_from' | 'first_open' | 'last_end', Date | null>

const earliest = (...dates: (Date | null)[]): Date | null =>
  dates.reduce((first, date) => (first && date && date < first ? date : (first ?? date)), null)
