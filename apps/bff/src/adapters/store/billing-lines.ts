import type { Coverage } from '@ostor-console/shared/coverage'
import { PRICED, type Priced } from '@ostor-console/shared/plans'
import { problem } from '@ostor-console/shared/problem'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { LineGroup } from './billing-manifest.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

export type LineRecord = Selectable<Schema['billing_lines']>
export type BillRow = {
  bill: string
  client_id: number | null
  cluster_id: string | null
  user_id: string | null
  name: string
  currency: string | null
  amount: bigint | null
  coverage: Coverage
  corrections: bigint
  /** Lines of the month itself. */
  usages: bigint
} & Record<Priced, bigint | null>

export type BillQuery = {
  search?: string | undefined
  sort: 'amount' | 'name' | 'storage' | 'egress'
  page: number
  pageSize: number
}
/** `amount` is `null` when none of it is known. */
export type SumRow = { currency: string | null; amount: bigint | null; bills: bigint }
export type Totals = { bills: bigint; corrections: bigint; withoutPlan: bigint; counts: Record<Priced, bigint | null> }
type Figures = 'lines' | 'quantity' | 'amount'
export type LineStore = ReturnType<typeof linesOf>

const LINES_AT_ONCE = 2_000

const ORDER = {
  amount: sql`amount desc nulls last, lower(name), bill`,
  name: sql`lower(name), bill, currency`,
  storage: sql`"storage" desc nulls last, bill`,
  egress: sql`"egress" desc nulls last, bill`,
}

/** What a bill used in the month itself: corrections are about another one. Without a line it is 0, which has none. */
const COUNTS = sql.join(
  PRICED.map((metric) => {
    const own = sql`kind = 'usage' and metric = ${sql.lit(metric)}`
    return sql`case when count(*) filter (where ${own}) = 0 then 0 else sum(quantity) filter (where ${own}) end
      as ${sql.ref(metric)}`
  }),
)

/** The lines of counts. */
export const linesOf = ({ db, snapshot }: Pick<Store, 'db' | 'snapshot'>) => ({
  bills: (countId: string, query: BillQuery): Promise<{ items: BillRow[]; matching: number }> =>
    snapshot(async (tx) => {
      const text = (query.search ?? '').trim().toLowerCase()
      const like = `%${text.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`
      const found = sql`count_id = ${countId}
        and (${text} = '' or lower(name) like ${like} escape '\\' or lower(bill) like ${like} escape '\\')`
      const { rows } = await sql<BillRow>`
        select * from (
          select bill, max(client_id) as client_id, min(cluster_id) as cluster_id, min(user_id) as user_id,
          min(name) as name, currency, sum(amount) as amount, ${COVERAGE} as coverage,
          count(*) filter (where kind = 'correction') as corrections,
          count(*) filter (where kind = 'usage') as usages, ${COUNTS}
        from billing_lines where ${found} group by bill, currency
        ) as bills order by ${ORDER[query.sort]}
        limit ${sql.lit(query.pageSize)} offset ${sql.lit((query.page - 1) * query.pageSize)}`.execute(tx)
      const { rows: all } = await sql<{ matching: bigint }>`
        select count(*) as matching from (select distinct bill, currency from billing_lines where ${found}) as bills
        `.execute(tx)
      return { items: rows, matching: Number(all[0]?.matching ?? 0n) }
    }),

  sums: (countId: string): Promise<SumRow[]> => sumsIn(db, countId),

  async totals(countId: string): Promise<Totals> {
    const { rows } = await sql<Record<'bills' | 'corrections' | 'without_plan', bigint> & Totals['counts']>`
      select count(distinct bill) as bills, count(*) filter (where kind = 'correction') as corrections,
        count(distinct case when plan_id is null then bill end) as without_plan, ${COUNTS}
      from billing_lines where count_id = ${countId}`.execute(db)
    const { bills, corrections, without_plan: withoutPlan, ...counts } = rows[0] ?? NOTHING
    return { bills, corrections, withoutPlan, counts }
  },

  /** What the files have to come to. */
  async groups(countId: string): Promise<LineGroup[]> {
    const { rows } = await sql<Omit<LineGroup, Figures> & Record<Figures, bigint>>`
      select kind, metric, currency, count(*) as lines, coalesce(sum(quantity), 0) as quantity,
        coalesce(sum(amount), 0) as amount
      from billing_lines where count_id = ${countId} group by kind, metric, currency`.execute(db)
    return rows.map(({ lines, quantity, amount, ...row }) => ({
      ...row,
      lines: Number(lines),
      quantity: String(quantity),
      amount: String(amount),
    }))
  },

  /** Of one bill, in order. */
  async ofBill(countId: string, bill: string): Promise<LineRecord[]> {
    const of = db.selectFrom('billing_lines').selectAll().where('count_id', '=', countId).where('bill', '=', bill)
    return of.orderBy('line_no').execute()
  },

  /** Whose usage a bill is. */
  async usersOf(countId: string, bill: string): Promise<{ cluster: string; userId: string }[]> {
    const rows = await db
      .selectFrom('billing_users')
      .select(['cluster_id', 'user_id'])
      .distinct()
      .where('count_id', '=', countId)
      .where('bill', '=', bill)
      .orderBy('cluster_id')
      .orderBy('user_id')
      .limit(1000)
      .execute()
    return rows.map(({ cluster_id, user_id }) => ({ cluster: cluster_id, userId: user_id }))
  },

  /**
   * All lines of a count in order, some thousand at a time. Throws `changed-meanwhile` when some are gone, rather than to
   * end early: the month was counted again.
   */
  async *all(countId: string): AsyncGenerator<LineRecord[]> {
    const end = await lastOf(db, countId)
    for (let last = 0n; last < end; ) {
      const rows = await db
        .selectFrom('billing_lines')
        .selectAll()
        .where('count_id', '=', countId)
        .where('line_no', '>', last)
        .orderBy('line_no')
        .limit(LINES_AT_ONCE)
        .execute()
      const at = rows.at(-1)?.line_no
      if (at !== last + BigInt(rows.length)) throw problem('changed-meanwhile')
      yield rows
      last = at
    }
  },
})

/** The number of the last line; they are numbered from 1. A count without any has to be one that stands. */
const lastOf = async (db: Kysely<Schema>, countId: string): Promise<bigint> => {
  const { rows } = await sql<{ last: bigint | null }>`
    select max(line_no) as last from billing_lines where count_id = ${countId}`.execute(db)
  const last = rows[0]?.last ?? null
  if (last !== null) return last
  const stands = db.selectFrom('billing_months').select('month').where('count_id', '=', countId)
  if ((await stands.executeTakeFirst()) === undefined) throw problem('changed-meanwhile')
  return 0n
}

const COVERAGE = sql`case when max(coverage) = 'complete' then 'complete'
  when min(coverage) = 'unknown' then 'unknown' else 'partial' end`

const NOTHING = {
  bills: 0n,
  corrections: 0n,
  without_plan: 0n,
  storage: null,
  egress: null,
  put: null,
  get: null,
  list: null,
  other: null,
}

const sumsIn = async (db: Kysely<Schema>, countId: string): Promise<SumRow[]> => {
  const { rows } = await sql<SumRow>`
    select currency, sum(amount) as amount, count(distinct bill) as bills from billing_lines
    where count_id = ${countId} group by currency order by currency`.execute(db)
  return rows
}
