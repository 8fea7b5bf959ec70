import { type Kysely, type RawBuilder, sql } from 'kysely'
import { gapsIn, type StoredGap } from './gaps.ts'
import { type Interval, joined } from './intervals.ts'
import type { Schema } from './schema.ts'
import { TOLERANCE } from './service-gaps.ts'
import { within } from './usage-pieces.ts'
import { type Changed, HOUR_MS } from './usage-tiles.ts'

/** How one gateway service stands, over its whole history and within a range. */
export type ServiceStanding = {
  serviceId: string
  /** Start of its first stored object. */
  firstStart: Date | null
  /** Whatever of it starts between `firstStart` and this is read and final, or stands in its gaps. */
  completeUntil: Date | null
  /** Objects that start in the range. */
  listed: number
  stored: number
  closed: number
  /** The longest period of the objects in the range. */
  nominalSeconds: number | null
}

export type RangeStanding = {
  services: ServiceStanding[]
  /** Start of the first stored object of all. */
  historyFrom: Date | null
  /** Up to where every service is complete, gaps left aside. */
  completeUntil: Date | null
  /** Those that touch the range, by start. */
  gaps: StoredGap[]
  /** When the gateway was listed last. */
  collectedAt: Date | null
}

type ServiceRow = {
  service_id: string
  first_start: Date | null
  last_end: Date | null
  first_open: Date | null
  last_gap: Date | null
  listed: bigint | null
  stored: bigint | null
  closed: bigint | null
  nominal_s: number | null
}

export const standingIn = async (
  db: Kysely<Schema>,
  cluster: string,
  range: { from: Date; to: Date },
  changed: Changed,
): Promise<RangeStanding> => {
  const singly = singlyCounted(range, changed)
  const isInside = sql`moment >= ${range.from} and moment < ${range.to}`
  const { rows } = await sql<ServiceRow>`
    with parts as (${objectParts(cluster, singly, changed)}
    ), services as (
      select service_id, min(first_start) as first_start, max(last_end) as last_end,
        sum(listed) filter (where ${isInside}) as listed, sum(stored) filter (where ${isInside}) as stored,
        sum(closed) filter (where ${isInside}) as closed,
        max(nominal_s) filter (where ${isInside} and listed > 0) as nominal_s
      from parts group by service_id
    ), unfinished as (
      select o.service_id, min(o.started_at) as first_open
      from statistics_objects as o join services as s on s.service_id = o.service_id
      where o.cluster_id = ${cluster} and o.closed_at is null and o.state in ('listed', 'open')
        and o.started_at >= s.first_start
      group by o.service_id
    ), silences as (
      select service_id, max(ends_at) as last_gap from service_gaps
      where cluster_id = ${cluster} and kind <> 'overlap' group by service_id
    )
    select services.*, unfinished.first_open, silences.last_gap from services
    left join unfinished on unfinished.service_id = services.service_id
    left join silences on silences.service_id = services.service_id
    order by services.service_id`.execute(db)
  const state = await db.selectFrom('collector_state').selectAll().where('cluster_id', '=', cluster).executeTakeFirst()
  const services = rows.map((row) => serviceOf(row, state?.covers_until ?? null))
  return {
    services,
    ...historyOf(services),
    gaps: await gapsIn(db, cluster, range.from, range.to),
    collectedAt: state?.listed_at ?? null,
  }
}

/** Hours to be counted object by object: those that changed, and those at the edges, which the range may cut. */
export const singlyCounted = (range: { from: Date; to: Date }, changed: Changed): Interval[] => {
  const edges = [range.from, range.to].map((at) => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS))
  return joined([...changed.hours, ...edges], HOUR_MS)
}

/**
 * Counts of objects with their start, or the hour of it, as `moment`. Where gaps were not looked for since objects changed,
 * the parts say less: listed is every object, also one that is not counted any more; one that ended early is not closed;
 * and a service is complete up to where it was before, since what lies before a new object may be missing.
 */
export const objectParts = (
  cluster: string,
  singly: readonly Interval[],
  changed: Pick<Changed, 'unexamined'>,
): RawBuilder<unknown> => {
  const unexamined = joined(changed.unexamined, HOUR_MS)
  return sql`
  select service_id, starts_at as moment, listed, stored, closed, first_start, last_end, nominal_s
  from object_hours where cluster_id = ${cluster} and not ${within(sql`starts_at`, singly)}
  union all
  select service_id, starts_at, 0, 0, 0, null, last_end, null
  from object_hours where cluster_id = ${cluster} and ${within(sql`starts_at`, unexamined)}
  union all
  select service_id, started_at,
    case when item_count is not null or state in ('listed', 'open', 'closed') or is_unexamined then 1 else 0 end,
    case when item_count is not null then 1 else 0 end,
    case when is_final and not (is_unexamined and ended_early) then 1 else 0 end,
    case when item_count is not null then started_at end,
    case when is_final and not is_unexamined then started_at + period_s * interval '1 second' end,
    nominal_s
  from (select *, item_count is not null and closed_at is not null as is_final,
      period_s * interval '1 second' + ${TOLERANCE} < nominal_s * interval '1 second' as ended_early,
      ${within(sql`started_at`, unexamined)} as is_unexamined
    from statistics_objects where cluster_id = ${cluster} and ${within(sql`started_at`, singly)}) as objects`
}

const serviceOf = (row: ServiceRow, coversUntil: Date | null): ServiceStanding => {
  const { last_end, last_gap, first_start, first_open } = row
  const ended = last_end ?? first_start
  const reached = ended && last_gap && last_gap > ended ? last_gap : ended
  return {
    serviceId: row.service_id,
    firstStart: row.first_start,
    completeUntil: reached && coversUntil && earliest(reached, coversUntil, first_open),
    listed: Number(row.listed ?? 0n),
    stored: Number(row.stored ?? 0n),
    closed: Number(row.closed ?? 0n),
    nominalSeconds: row.nominal_s,
  }
}

const earliest = (...dates: (Date | null)[]): Date | null =>
  dates.reduce((first, date) => (first && date && date < first ? date : (first ?? date)), null)

const historyOf = (services: ServiceStanding[]) => {
  const begun = services.filter(({ firstStart }) => firstStart !== null)
  const ends = begun.map(({ completeUntil }) => completeUntil)
  return {
    historyFrom: earliest(...begun.map(({ firstStart }) => firstStart)),
    completeUntil: ends.includes(null) ? null : earliest(...ends),
  }
}
