import type { GapKind } from '@ostor-console/shared/coverage'
import type { GapDecision, GapEntry, GapPage } from '@ostor-console/shared/gaps'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { COVERING } from './service-gaps.ts'
import type { Store } from './store.ts'

/** A stretch of one service; `accepted` by an admin who says that nothing is missing in it. */
export type StoredGap = {
  serviceId: string
  kind: GapKind
  from: Date
  to: Date
  periods: number
  accepted: boolean
}

type Decision = {
  cluster: string
  serviceId: string
  from: Date
  to: Date
  decision: GapDecision
  decidedBy: string
  decidedAt: Date
  note: string | null
}

type PageQuery = {
  cluster: string
  serviceId?: string | undefined
  kind?: GapKind | undefined
  state?: 'open' | 'accepted' | undefined
  after?: string | undefined
  limit: number
}

/** A service that is gone has no last day; a later silence of one that came back begins at another instant. */
const FOR_GOOD = new Date('9999-12-31T00:00:00Z')

/** The latest decision about a stretch that touches the gap, when that stretch holds the whole gap; else nothing. */
const WITH_DECISION = sql`
  select g.*, d.decision_no, d.decided_by, d.decided_at, d.note,
    coalesce(d.decision = 'accept' and d.starts_at <= g.starts_at and d.ends_at >= g.ends_at
      or d.decision = 'gone' and d.starts_at = g.starts_at, false) as accepted
  from service_gaps as g left join gap_decisions as d on d.decision_no = (
    select max(l.decision_no) from gap_decisions as l
    where l.cluster_id = g.cluster_id and l.service_id = g.service_id
      and l.starts_at < g.ends_at and l.ends_at > g.starts_at)`

/** All that touch [from, to), by their start. */
export const gapsIn = async (db: Kysely<Schema>, cluster: string, from: Date, to: Date): Promise<StoredGap[]> => {
  const { rows } = await sql<StoredGap>`
    select service_id as "serviceId", kind, starts_at as "from", ends_at as "to", periods, accepted
    from (${WITH_DECISION} where g.cluster_id = ${cluster} and g.starts_at < ${to} and g.ends_at > ${from}) as gaps
    order by starts_at, service_id, kind`.execute(db)
  return rows
}

type Row = {
  service_id: string
  kind: GapKind
  starts_at: Date
  ends_at: Date
  periods: number
  is_last: boolean
  accepted: boolean
  decided_by: string | null
  decided_at: Date | null
  note: string | null
}

export type GapsStore = ReturnType<typeof gapsOf>

/** Where the statistics objects of a service do not cover its time exactly once, and what admins said about it. */
export const gapsOf = (store: Store) => ({
  page: (query: PageQuery): Promise<GapPage> =>
    store.snapshot(async (db) => {
      const { cluster, limit } = query
      const { rows } = await sql<Row>`
        select *, kind = 'missing' and starts_at >= (
            select max(o.started_at) from statistics_objects as o
            where o.cluster_id = ${cluster} and o.service_id = gaps.service_id and ${COVERING}) as is_last
        from (${WITH_DECISION} where g.cluster_id = ${cluster}) as gaps
        where true ${filterOf(query)} ${afterOf(query.after)}
        order by starts_at desc, service_id desc, kind desc limit ${sql.lit(limit + 1)}`.execute(db)
      const items = rows.slice(0, limit)
      const last = items.at(-1)
      return {
        items: await entriesOf(db, cluster, items),
        next: rows.length > limit && last ? cursorOf(last) : null,
        ...(await countsOf(db, query)),
      }
    }),

  /** Answers how many gaps there are in that stretch. */
  decide: ({ cluster, serviceId, from, to, ...decision }: Decision): Promise<number> =>
    store.transaction(async (tx) => {
      const { decision: word, decidedBy, decidedAt, note } = decision
      const ends_at = word === 'gone' ? FOR_GOOD : to
      const row = { cluster_id: cluster, service_id: serviceId, starts_at: from, ends_at }
      await tx
        .insertInto('gap_decisions')
        .values({ ...row, decision: word, decided_by: decidedBy, decided_at: decidedAt, note })
        .execute()
      const { rows } = await sql<{ touched: bigint }>`
        select count(*) as touched from service_gaps where cluster_id = ${cluster} and service_id = ${serviceId}
          and starts_at >= ${from} and ends_at <= ${to}`.execute(tx)
      return Number(rows[0]?.touched ?? 0n)
    }),

  /** Those that make figures incomplete. */
  async open(cluster: string): Promise<number> {
    const { rows } = await sql<{ open: bigint }>`
      select count(*) as open from (${WITH_DECISION} where g.cluster_id = ${cluster}) as gaps
      where kind <> 'overlap' and not accepted`.execute(store.db)
    return Number(rows[0]?.open ?? 0n)
  },
})

const filterOf = ({ serviceId, kind, state }: PageQuery) => sql`
  ${serviceId === undefined ? sql`` : sql`and service_id = ${serviceId}`}
  ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
  ${state === undefined ? sql`` : state === 'accepted' ? sql`and accepted` : sql`and not accepted`}`

const cursorOf = ({ starts_at, service_id, kind }: Row): string => `${starts_at.getTime()}.${service_id}.${kind}`

const afterOf = (after: string | undefined) => {
  if (after === undefined) return sql``
  const [, ms = '', service = '', kind = ''] = /^(-?\d{1,15})\.([0-9a-f]{16})\.(\w{1,16})$/.exec(after) ?? []
  if (ms === '') {
    const errors = [{ pointer: '/query/after', code: 'unknown_cursor', detail: said`must be the \`next\` of a page` }]
    throw problem('request-invalid', { errors })
  }
  return sql`and (starts_at, service_id, kind) < (${new Date(Number(ms))}::timestamptz, ${service}::text, ${kind}::text)`
}

const countsOf = async (db: Kysely<Schema>, query: PageQuery) => {
  const { rows } = await sql<{ service_id: string; matching: bigint; open: bigint }>`
    select service_id, count(*) filter (where true ${filterOf(query)}) as matching,
      count(*) filter (where kind <> 'overlap' and not accepted) as open
    from (${WITH_DECISION} where g.cluster_id = ${query.cluster}) as gaps group by 1 order by 1`.execute(db)
  const sum = (of: 'matching' | 'open') => rows.reduce((all, row) => all + Number(row[of]), 0)
  return { matching: sum('matching'), open: sum('open'), services: rows.map(({ service_id }) => service_id) }
}

const MOST_OBJECTS = 20
const GONE = said`It was gone before it could be read.`
type Uncounted = { name: string; service_id: string; starts_at: Date; ends_at: Date; reason: string | null }

const entriesOf = async (db: Kysely<Schema>, cluster: string, gaps: Row[]): Promise<GapEntry[]> => {
  if (gaps.length === 0) return []
  const first = new Date(Math.min(...gaps.map(({ starts_at }) => starts_at.getTime())))
  const { rows: objects } = await sql<Uncounted>`
    select name, service_id, started_at as starts_at, started_at + nominal_s * interval '1 second' as ends_at, reason
    from statistics_objects where cluster_id = ${cluster} and item_count is null
      and state in ('quarantined', 'excluded', 'gone') and started_at > ${first} - interval '31 days'
    order by name`.execute(db)
  return gaps.map((gap) => ({
    serviceId: gap.service_id,
    kind: gap.kind,
    from: gap.starts_at.toISOString(),
    to: gap.ends_at.toISOString(),
    periods: gap.periods,
    accepted: gap.accepted,
    isLast: gap.is_last,
    objects: objects
      .filter((one) => one.service_id === gap.service_id && one.starts_at < gap.ends_at && one.ends_at > gap.starts_at)
      .slice(0, MOST_OBJECTS)
      .map(({ name, reason }) => ({ name, reason: reason ?? GONE })),
    acceptedBy: gap.accepted ? gap.decided_by : null,
    acceptedAt: gap.accepted ? (gap.decided_at?.toISOString() ?? null) : null,
    note: gap.accepted ? gap.note : null,
  }))
}
