import { sql, type Transaction } from 'kysely'
import type { Interval } from './intervals.ts'
import type { Schema } from './schema.ts'
import { DAY_MS } from './usage-tiles.ts'

// Twice the flush interval of the vendor's samples: a service that restarts is away for less.
const TOLERANCE_S = 60
export const TOLERANCE = sql`${sql.lit(TOLERANCE_S)} * interval '1 second'`
/** Names that can be true say when their objects began, and how long they last at most. */
const BELIEVABLE = sql`started_at >= timestamptz '2010-01-01T00:00:00Z' and nominal_s between 1 and ${sql.lit(31 * 86_400)}`
// The body's start is in whole seconds.
const ROUNDING = sql`interval '2 seconds'`

/**
 * Objects that cover a stretch: those that are counted, and those that were listed and are still to be read. An object
 * that may still grow is taken to cover its whole nominal period.
 */
export const COVERING = sql`(item_count is not null or state = 'listed')`
const REAL_END = sql`started_at + coalesce(period_s, 0) * interval '1 second'`
const END = sql`started_at + (case when closed_at is not null then coalesce(period_s, nominal_s)
  else greatest(coalesce(period_s, 0), nominal_s) end) * interval '1 second'`

/** Finds again, around the stretches that changed, what the objects of each service do not cover exactly once. */
export const renewGaps = async (
  tx: Transaction<Schema>,
  cluster: string,
  changed: readonly Interval[],
  until: Date,
): Promise<void> => {
  const services = await servicesOf(tx, cluster)
  for (const interval of changed) {
    for (const service of services) await renewBetween(tx, cluster, service, interval)
  }
  for (const service of services) {
    await renewFirst(tx, cluster, service, until)
    await renewLast(tx, cluster, service, until)
  }
}

const servicesOf = async (tx: Transaction<Schema>, cluster: string): Promise<string[]> => {
  const { rows } = await sql<{ service_id: string }>`
    select distinct service_id from object_hours where cluster_id = ${cluster} order by 1`.execute(tx)
  return rows.map(({ service_id }) => service_id)
}

/** From the last object that began a day before it to the first that begins after it: those stay as they are. */
const around = async (tx: Transaction<Schema>, cluster: string, service: string, { from, to }: Interval) => {
  const { rows } = await sql<Record<'first' | 'last', Date | null>>`
    select
      (select max(started_at) from statistics_objects where cluster_id = ${cluster} and service_id = ${service}
        and ${COVERING} and started_at < ${new Date(from - DAY_MS)}) as first,
      (select min(started_at) from statistics_objects where cluster_id = ${cluster} and service_id = ${service}
        and ${COVERING} and started_at >= ${new Date(to)}) as last`.execute(tx)
  return { first: rows[0]?.first ?? new Date(from - DAY_MS), last: rows[0]?.last ?? new Date(to) }
}

const renewBetween = async (tx: Transaction<Schema>, cluster: string, service: string, interval: Interval) => {
  const { first, last } = await around(tx, cluster, service, interval)
  await sql`
    delete from service_gaps where cluster_id = ${cluster} and service_id = ${service}
      and ((kind <> 'overlap' and starts_at >= ${first} and starts_at < ${last})
        or (kind = 'overlap' and starts_at > ${first} and starts_at <= ${last}))`.execute(tx)
  await sql`
    insert into service_gaps (cluster_id, service_id, kind, starts_at, ends_at, periods)
    with covering as (
      select started_at, ${END} as ends_at, ${REAL_END} as really_ends_at, nominal_s, period_s, closed_at, name
      from statistics_objects
      where cluster_id = ${cluster} and service_id = ${service} and ${COVERING}
        and started_at >= ${first} and started_at <= ${last}
    ), placed as (
      select started_at, really_ends_at,
        max(ends_at) over before as covered_until, max(really_ends_at) over before as really_covered_until,
        lag(started_at) over (order by started_at, name) as last_start,
        lag(nominal_s) over (order by started_at, name) as nominal
      from covering
      window before as (order by started_at, name rows between unbounded preceding and 1 preceding)
    )
    select ${cluster}::text, ${service}::text,
      case when started_at <= last_start + nominal * interval '1 second' + ${TOLERANCE} then 'short' else 'missing' end,
      covered_until, started_at,
      greatest(1, cast(round(extract(epoch from started_at - covered_until) / greatest(nominal, 1)) as integer))
    from placed where started_at > covered_until + ${TOLERANCE}
    union all
    select ${cluster}::text, ${service}::text, 'overlap', started_at, least(really_covered_until, really_ends_at),
      greatest(1, cast(round(extract(epoch from least(really_covered_until, really_ends_at) - started_at)
        / greatest(nominal, 1)) as integer))
    from placed
    where really_covered_until > started_at + ${ROUNDING} and really_ends_at > started_at + ${ROUNDING}`.execute(tx)
}

/** What was listed before the first object that covers anything, and cannot be counted; all of it where none does. */
const renewFirst = async (tx: Transaction<Schema>, cluster: string, service: string, until: Date) => {
  const { rows } = await sql<{
    first: Date | null
    lost_from: Date | null
    lost_until: Date | null
    nominal_s: number
  }>`
    with covering as (
      select min(started_at) as first from statistics_objects
      where cluster_id = ${cluster} and service_id = ${service} and ${COVERING}
    ), uncounted as (
      select min(started_at) as lost_from, max(started_at + nominal_s * interval '1 second') as lost_until,
        min(nominal_s) as nominal_s
      from statistics_objects
      where cluster_id = ${cluster} and service_id = ${service} and not ${COVERING} and ${BELIEVABLE}
        and started_at < coalesce((select first from covering), ${until}::timestamptz)
    )
    select first, lost_from, lost_until, nominal_s from covering cross join uncounted`.execute(tx)
  const { first = null, lost_from: from, lost_until, nominal_s } = rows[0] ?? {}
  await sql`delete from service_gaps where cluster_id = ${cluster} and service_id = ${service} and kind = 'missing'
    and starts_at < ${first ?? until}::timestamptz`.execute(tx)
  const to = first ?? (lost_until && lost_until < until ? lost_until : until)
  if (!from || !nominal_s || to.getTime() - from.getTime() <= TOLERANCE_S * 1000) return
  const periods = Math.max(1, Math.round((to.getTime() - from.getTime()) / (nominal_s * 1000)))
  await tx
    .insertInto('service_gaps')
    .values({ cluster_id: cluster, service_id: service, kind: 'missing', starts_at: from, ends_at: to, periods })
    .execute()
}

/** A service that went silent: whole periods after its last object, up to where everything was listed. */
const renewLast = async (tx: Transaction<Schema>, cluster: string, service: string, until: Date) => {
  const { rows } = await sql<{ last_start: Date | null; ends_at: Date | null; nominal_s: number | null }>`
    select max(started_at) as last_start, max(${END}) as ends_at, max(nominal_s) as nominal_s
    from statistics_objects
    where cluster_id = ${cluster} and service_id = ${service} and ${COVERING} and started_at >= (
      select max(starts_at) - interval '1 day' from object_hours
      where cluster_id = ${cluster} and service_id = ${service} and listed > 0)`.execute(tx)
  const { last_start, ends_at, nominal_s } = rows[0] ?? {}
  if (!last_start || !ends_at || !nominal_s) return
  await sql`delete from service_gaps where cluster_id = ${cluster} and service_id = ${service}
    and kind <> 'overlap' and starts_at >= ${last_start}`.execute(tx)
  const periods = Math.floor((until.getTime() - ends_at.getTime()) / (nominal_s * 1000))
  if (periods < 1) return
  await tx
    .insertInto('service_gaps')
    .values({
      cluster_id: cluster,
      service_id: service,
      kind: 'missing',
      starts_at: ends_at,
      ends_at: new Date(ends_at.getTime() + periods * nominal_s * 1000),
      periods,
    })
    .execute()
}
