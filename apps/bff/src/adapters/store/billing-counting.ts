import type { Coverage } from '@ostor-console/shared/coverage'
import { type Kysely, sql } from 'kysely'
import { grownBetween, lastOfUsers, sampledIn } from './byte-hours.ts'
import type { Schema } from './schema.ts'
import { untoldIn } from './untold-sizes.ts'
import { changedOf } from './usage-changes.ts'
import { counted } from './usage-pieces.ts'
import { type RangeStanding, standingIn } from './usage-standing.ts'
import { SUMS_BY_NAME } from './usage-sums.ts'
import { dayTiles } from './usage-tiles.ts'

export type MonthRange = { month: string; from: Date; to: Date }

/** Between which hours byte-hours are known. */
type StorageSpan = { coverage: Coverage; from: Date | null; to: Date | null }
export type CountedCluster = { cluster: string; storage: StorageSpan; standing: RangeStanding; traffic: Coverage }

type Count = { countId: string; of: MonthRange; cluster: string }
/** How much of the traffic is known. */
export type TrafficCoverage = (standing: RangeStanding, range: { from: Date; to: Date }) => Coverage

const COUNTERS = ['uploaded_bytes', 'downloaded_bytes', 'put_ops', 'get_ops', 'list_ops', 'other_ops'] as const

/**
 * Counts what each user of a cluster stored and moved in a month, with whom it is billed to, in the transaction that it
 * is given. Of a month that is closed, only the users of whom something else is known now.
 */
export const countUsers = async (
  tx: Kysely<Schema>,
  { countId, of, cluster }: Count,
  coverageOf: TrafficCoverage,
): Promise<CountedCluster> => {
  const changed = await changedOf(tx, cluster)
  const standing = await standingIn(tx, cluster, of, changed)
  const traffic = coverageOf(standing, of)
  const storage = await storageSpan(tx, cluster, of)
  const tiles = dayTiles({ from: of.from.getTime(), to: of.to.getTime() }, changed, { withMonths: true })
  const knows = { storage: storage.coverage !== 'unknown', traffic: traffic !== 'unknown' }
  const isUntold = sql`(coalesce(counts.is_partial, false) and counts.byte_hours is null)`
  const isKnown = (name: string) =>
    name === 'byte_hours' ? sql`${sql.lit(knows.storage)} and not ${isUntold}` : sql.lit(knows.traffic)
  const now = (name: string) => sql`case when ${isKnown(name)} then coalesce(counts.${sql.ref(name)}, 0) end`
  const kept = (name: string) => sql`coalesce(${now(name)}, latest.${sql.ref(name)})`
  const isOther = (name: string) =>
    sql`(${now(name)} is not null
      and ${now(name)} is distinct from case when latest.user_id is null then 0 else latest.${sql.ref(name)} end)`
  const isUnknown = sql`(latest.user_id is null and (${sql.lit(!knows.storage || !knows.traffic)} or ${isUntold}))`
  const names = ['byte_hours', ...COUNTERS]

  await sql`
    insert into billing_users (count_id, of_month, cluster_id, user_id, bill, client_id, plan_id,
      ${sql.join(names.map((name) => sql.ref(name)))}, storage_coverage, traffic_coverage)
    with traffic as (
      select user_id, ${SUMS_BY_NAME} from (${counted(cluster, tiles, { by: 'user' })}) as pieces group by user_id
    ), sizes as (${sizes(cluster, of, storage)}
    ), counts as (
      select coalesce(traffic.user_id, sizes.user_id) as user_id, byte_hours, is_partial,
        ${sql.join(COUNTERS.map((name) => sql.ref(name)))}
      from traffic full join sizes on sizes.user_id = traffic.user_id
    ), owned as (${owned(cluster, of)}
    ), latest as (
      select distinct on (b.user_id) b.* from billing_users as b join billing_months as m on m.count_id = b.count_id
      where m.closed_at is not null and b.of_month = ${of.month} and b.cluster_id = ${cluster}
      order by b.user_id, m.month desc
    )
    select cast(${countId} as text), cast(${of.month} as text), cast(${cluster} as text), coalesce(latest.user_id, counts.user_id),
      coalesce(latest.bill, 'client.' || cast(counts.owner as text), 'user.' || ${cluster} || '.' || counts.user_id),
      case when latest.user_id is null then counts.owner else latest.client_id end,
      case when latest.user_id is null then coalesce(own.plan_id, theirs.plan_id, everybody.plan_id)
        else latest.plan_id end,
      ${sql.join(names.map(kept))},
      case when counts.is_partial then 'partial' else cast(${storage.coverage} as text) end, cast(${traffic} as text)
    from owned as counts full join latest on latest.user_id = counts.user_id
    left join billing_plans_given as own on own.holder = 'user.' || ${cluster} || '.' || counts.user_id
    left join billing_plans_given as theirs on theirs.holder = 'client.' || cast(counts.owner as text)
    left join billing_plans_given as everybody on everybody.holder = 'default'
    where ${isUnknown} or ${sql.join(names.map(isOther), sql` or `)}`.execute(tx)
  return { cluster, storage: await ofAll(tx, cluster, storage), standing, traffic }
}

/**
 * With the client that each user belonged to when the month ended, or belongs to now while it runs. Who was never linked
 * by then belongs to whoever it is linked to now: that it does was only written down later.
 */
const owned = (cluster: string, { to }: MonthRange) => sql`
  select counts.*, case when spans.user_id is null then l.client_id else spans.client_id end as owner
  from counts left join (
    select lower(user_id) as user_id, max(client_id) filter (where until is null or until >= ${to}) as client_id
    from client_link_spans where cluster_id = ${cluster} and since < ${to} group by 1
  ) as spans on spans.user_id = lower(counts.user_id)
  left join client_links as l on l.cluster_id = ${cluster} and lower(l.user_id) = lower(counts.user_id)`

const NOT_KNOWN = sql`cast(null as numeric(38,0))`

/** Without a span, who stored something is not known to have stored nothing. */
const sizes = (cluster: string, { to }: MonthRange, { from, to: until }: StorageSpan) =>
  from === null || until === null
    ? sql`select user_id, total as byte_hours, false as is_partial from (${lastOfUsers(cluster, to, NOT_KNOWN)}) as known`
    : grownBetween(cluster, { from, to: until })

/**
 * Byte-hours are exact between two sampled hours, whatever was missed between them, unless a bucket went in an hour that
 * was missed: what it still stored then is not known.
 */
const storageSpan = async (db: Kysely<Schema>, cluster: string, of: MonthRange): Promise<StorageSpan> => {
  const span = await sampledIn(db, cluster, of)
  if (span === null) return { coverage: 'unknown', from: null, to: null }
  const { rows } = await sql<{ lost: bigint }>`
    with runs as (
      select sampled_at, lag(sampled_at) over (order by sampled_at) as before from storage_runs
      where cluster_id = ${cluster} and sampled_at >= ${of.from} and sampled_at <= ${of.to}
    )
    select count(*) as lost from runs where sampled_at > before + interval '1 hour' and sampled_at in (
      select sampled_at from storage_samples where cluster_id = ${cluster} and kind = 'bucket' and is_end)`.execute(db)
  const isWhole =
    span.from.getTime() === of.from.getTime() && span.to.getTime() === of.to.getTime() && rows[0]?.lost === 0n
  return { coverage: isWhole ? 'complete' : 'partial', ...span }
}

/** Where a size was not told, less is known of all than of each. */
const ofAll = async (db: Kysely<Schema>, cluster: string, storage: StorageSpan): Promise<StorageSpan> => {
  const { coverage, from, to } = storage
  if (coverage !== 'complete' || from === null || to === null) return storage
  const { rows } = await sql<{ users: bigint }>`
    select count(*) as users from (${untoldIn(cluster, { from, to })}) as untold where is_partial`.execute(db)
  return rows[0]?.users ? { ...storage, coverage: 'partial' } : storage
}
