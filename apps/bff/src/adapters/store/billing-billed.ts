import type { Coverage } from '@ostor-console/shared/coverage'
import type { Priced } from '@ostor-console/shared/plans'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

type Counts = Record<Priced, bigint | null>

/** What all users of one bill who have the same plan used in a month, and what was billed of it before. */
export type Billed = {
  bill: string
  clientId: number | null
  cluster: string
  userId: string
  planId: string | null
  counts: Counts
  coverage: { storage: Coverage; traffic: Coverage }
  /** By what is priced; nothing of a month that was never closed. */
  before: ReadonlyMap<Priced, { quantity: bigint; amount: bigint }>
}

const BILLS_AT_ONCE = 500

/** All that a count counted of one month, some hundred bills at a time, in the order of their ids. */
export async function* billedIn(
  db: Kysely<Schema>,
  countId: string,
  month: string,
  { isClosed }: { isClosed: boolean },
): AsyncGenerator<Billed[]> {
  for (let last = ''; ; ) {
    const { rows: bills } = await sql<{ bill: string }>`
      select distinct bill from billing_users where count_id = ${countId} and of_month = ${month} and bill > ${last}
      order by bill limit ${sql.lit(BILLS_AT_ONCE)}`.execute(db)
    const end = bills.at(-1)?.bill
    if (end === undefined) return
    const page = { countId, month, after: last, upTo: end, bills: isClosed ? bills.map(({ bill }) => bill) : [] }
    yield await pageOf(db, page)
    last = end
  }
}

/** `bills` is empty where all of the range are meant. */
type Page = { countId: string; month: string; after: string; upTo: string; bills: string[] }
/** A range, which is found faster than many names; of a closed month only the bills that this count has something of. */
const inPage = (bill: RawBuilder<unknown>, { bills, after, upTo }: Page) =>
  bills.length === 0 ? sql`${bill} > ${after} and ${bill} <= ${upTo}` : sql`${bill} in (${sql.join(bills)})`

type Row = {
  bill: string
  client_id: number | null
  cluster_id: string
  user_id: string
  plan_id: string | null
  storage: bigint | null
  egress: bigint | null
  put: bigint | null
  get: bigint | null
  list: bigint | null
  other: bigint | null
  storage_coverage: Coverage
  traffic_coverage: Coverage
}

/** Complete when it is of every user, and not known when it is of none. */
const worst = (column: 'storage_coverage' | 'traffic_coverage') => sql`
  case when max(${sql.ref(column)}) = 'complete' then 'complete'
    when min(${sql.ref(column)}) = 'unknown' then 'unknown' else 'partial' end`

// The rows of this count stand before those of closed ones, and the latest of these before the others.
const pageOf = async (db: Kysely<Schema>, page: Page): Promise<Billed[]> => {
  const { countId, month } = page
  const { rows } = await sql<Row>`
    with standing as (
      select distinct on (b.cluster_id, b.user_id) b.* from billing_users as b
      left join billing_months as m on m.count_id = b.count_id
      where b.of_month = ${month} and ${inPage(sql`b.bill`, page)}
        and (b.count_id = ${countId} or m.closed_at is not null)
      order by b.cluster_id, b.user_id, case when b.count_id = ${countId} then 1 else 0 end desc, m.month desc
    )
    select bill, max(client_id) as client_id, min(cluster_id) as cluster_id, min(user_id) as user_id, plan_id,
      sum(byte_hours) as storage, sum(downloaded_bytes) as egress, sum(put_ops) as "put", sum(get_ops) as "get",
      sum(list_ops) as list, sum(other_ops) as other,
      ${worst('storage_coverage')} as storage_coverage, ${worst('traffic_coverage')} as traffic_coverage
    from standing group by bill, plan_id order by bill, plan_id`.execute(db)
  const before = await billedBefore(db, page)
  return rows.map(({ storage, egress, put, get, list, other, ...row }) => ({
    bill: row.bill,
    clientId: row.client_id,
    cluster: row.cluster_id,
    userId: row.user_id,
    planId: row.plan_id,
    counts: { storage, egress, put, get, list, other },
    coverage: { storage: row.storage_coverage, traffic: row.traffic_coverage },
    before: before.get(`${row.bill} ${row.plan_id}`) ?? new Map(),
  }))
}

/** What closed months billed of it: its own lines, and the corrections since. */
const billedBefore = async (db: Kysely<Schema>, page: Page) => {
  const { rows } = await sql<{ bill: string; plan_id: string; metric: Priced; quantity: bigint; amount: bigint }>`
    select l.bill, l.plan_id, l.metric, coalesce(sum(l.quantity), 0) as quantity, coalesce(sum(l.amount), 0) as amount
    from billing_lines as l join billing_months as m on m.count_id = l.count_id
    where m.closed_at is not null and l.of_month = ${page.month} and ${inPage(sql`l.bill`, page)}
    group by l.bill, l.plan_id, l.metric`.execute(db)
  const before = new Map<string, Map<Priced, { quantity: bigint; amount: bigint }>>()
  for (const { bill, plan_id, metric, quantity, amount } of rows) {
    const key = `${bill} ${plan_id}`
    const own = before.get(key) ?? new Map<Priced, { quantity: bigint; amount: bigint }>()
    before.set(key, own.set(metric, { quantity, amount }))
  }
  return before
}
