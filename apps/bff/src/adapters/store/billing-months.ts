import { createHash } from 'node:crypto'
import { ClusterCoverage } from '@ostor-console/shared/billing'
import type { PlanDraft } from '@ostor-console/shared/plans'
import { problem } from '@ostor-console/shared/problem'
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import * as z from 'zod'
import { appendRows } from './append-rows.ts'
import { type Billed, billedIn } from './billing-billed.ts'
import { type CountedCluster, countUsers, type MonthRange, type TrafficCoverage } from './billing-counting.ts'
import { keepPlans, plansOfCount } from './billing-plans.ts'
import type { Schema } from './schema.ts'
import { saveSetting, settingOf } from './setting.ts'
import type { Store } from './store.ts'

export type MonthRecord = MonthRange & {
  timeZone: string
  countId: string
  countedAt: Date
  clusters: ClusterCoverage[]
  closedAt: Date | null
  closedBy: string | null
  acceptedIncomplete: boolean
  sha256: string | null
}
export type LineRow = Required<Insertable<Schema['billing_lines']>>
/** The SHA-256 of the CSV, and of the manifest. */
export type Hashes = { sha256: string; manifestSha256: string }
export type Closing = Hashes & { by: string; acceptedIncomplete: boolean }
export type BillingFile = 'csv' | 'parquet' | 'manifest'
/** A file of a month, in parts. */
export type MadeFile = { file: BillingFile; parts: AsyncIterable<Uint8Array> }
export type MonthStore = ReturnType<typeof monthsOf>

const ZONE = 'billing.time-zone'
/** Longer than any count or export may take. */
const STRAY_MS = 2 * 3_600_000

/** Months, and the counts that they stand on. */
export const monthsOf = (store: Store) => ({
  timeZone: async (): Promise<string> => (await settingOf(store.db, ZONE)) ?? 'UTC',
  setTimeZone: (name: string): Promise<void> => saveSetting(store.db, ZONE, name),

  /** The instant of the first thing that is known of any cluster. */
  async historyFrom(): Promise<Date | null> {
    const { rows } = await sql<{ first: Date | null }>`
      select min(first) as first from (select min(sampled_at) as first from storage_runs
        union all select min(first_start) from object_hours
        union all select min(started_at) from usage_rows) as known`.execute(store.db)
    return rows[0]?.first ?? null
  },

  /** Those that were counted, in order. */
  list: () => monthsIn(store.db),

  /** Begins a count: which plans there are. */
  begin: (countId: string): Promise<void> => store.transaction((tx) => keepPlans(tx, countId)),

  /**
   * What each user used in the month, or else, when it is closed: of the clusters that are named, and of those of which the
   * store knows something in it, whether they are still in the settings or not.
   */
  count: (
    countId: string,
    of: MonthRange,
    named: readonly string[],
    coverageOf: TrafficCoverage,
  ): Promise<CountedCluster[]> =>
    store.transaction(async (tx) => {
      const clusters = new Set([...named, ...(await clustersIn(tx, of))])
      const counted: CountedCluster[] = []
      for (const cluster of clusters) counted.push(await countUsers(tx, { countId, of, cluster }, coverageOf))
      return counted
    }),

  plans: (countId: string): Promise<Map<string, PlanDraft>> => plansOfCount(store.db, countId),
  billed: (countId: string, month: string, of: { isClosed: boolean }): AsyncGenerator<Billed[]> =>
    billedIn(store.db, countId, month, of),
  addLines: (lines: readonly LineRow[]): Promise<void> =>
    store.transaction((tx) => appendRows(tx, 'billing_lines', lines)),

  /**
   * Puts a count in the place of the one before, which is forgotten with the strays: somebody may be reading it. Throws
   * `month-closed`.
   */
  settle: (month: Omit<MonthRecord, 'closedAt' | 'closedBy' | 'acceptedIncomplete' | 'sha256'>): Promise<void> =>
    store.transaction(async (tx) => {
      const there = await tx
        .selectFrom('billing_months')
        .selectAll()
        .where('month', '=', month.month)
        .executeTakeFirst()
      if (there?.closed_at) throw problem('month-closed')
      const row = {
        time_zone: month.timeZone,
        starts_at: month.from,
        ends_at: month.to,
        count_id: month.countId,
        counted_at: month.countedAt,
        coverage: JSON.stringify(month.clusters),
      }
      if (there) await tx.updateTable('billing_months').set(row).where('month', '=', month.month).execute()
      else
        await tx
          .insertInto('billing_months')
          .values({
            month: month.month,
            ...row,
            closed_at: null,
            closed_by: null,
            accepted_incomplete: false,
            sha256: null,
          })
          .execute()
    }),

  /**
   * Ends a month as it was counted, with its files, which nobody writes after that. Throws `month-closed` and, when it was
   * counted again meanwhile, `changed-meanwhile`; what another console closed stays as it is then.
   */
  close: (
    { month, countId }: MonthRecord,
    { by, acceptedIncomplete, sha256, manifestSha256 }: Closing,
    at: Date,
    files: readonly MadeFile[],
  ): Promise<void> =>
    store.transaction(async (tx) => {
      const closed = { closed_at: at, closed_by: by, accepted_incomplete: acceptedIncomplete, sha256 }
      const one = tx.updateTable('billing_months').set(closed).where('month', '=', month)
      const { numUpdatedRows } = await one
        .where('count_id', '=', countId)
        .where('closed_at', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows !== 1n) {
        const there = (await monthsIn(tx)).find((each) => each.month === month)
        throw problem(there?.closedAt ? 'month-closed' : 'changed-meanwhile')
      }
      // An older console wrote files before it closed the month.
      await tx.deleteFrom('billing_files').where('month', '=', month).execute()
      for (const made of files) await keepFile(tx, month, made)
      await tx.insertInto('billing_manifests').values({ month, sha256: manifestSha256 }).execute()
    }),

  /** Counts of hours ago that were cut off, or have been counted again, by what their ids begin with. */
  forgetStray: (now: Date): Promise<void> =>
    store.transaction(async (tx) => {
      const before = new Date(now.getTime() - STRAY_MS).toISOString()
      for (const table of ['billing_users', 'billing_lines', 'billing_count_plans'] as const)
        await sql`delete from ${sql.table(table)} where count_id < ${before}
          and count_id not in (select count_id from billing_months)`.execute(tx)
    }),

  /** As it was kept when the month was closed; of a month that an older console closed, of the manifest in the store. */
  async manifestSha256(month: string): Promise<string | null> {
    const kept = store.db.selectFrom('billing_manifests').select('sha256').where('month', '=', month)
    const row = await kept.executeTakeFirst()
    if (row) return row.sha256
    const hash = createHash('sha256')
    let parts = 0
    for await (const part of filePartsIn(store.db, month, 'manifest')) {
      hash.update(part)
      parts += 1
    }
    return parts === 0 ? null : hash.digest('hex')
  },

  /** In parts, one in memory at a time. */
  file: (month: string, file: BillingFile): AsyncGenerator<Uint8Array> => filePartsIn(store.db, month, file),
})

async function* filePartsIn(db: Kysely<Schema>, month: string, file: BillingFile): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part += 1) {
    const of = db.selectFrom('billing_files').select('bytes').where('month', '=', month).where('file', '=', file)
    const row = await of.where('part_no', '=', part).executeTakeFirst()
    if (!row) return
    yield row.bytes
  }
}

const clustersIn = async (tx: Kysely<Schema>, { from, to }: MonthRange): Promise<string[]> => {
  const { rows } = await sql<{ cluster_id: string }>`
    select cluster_id from storage_runs where sampled_at >= ${from} and sampled_at < ${to}
    union select cluster_id from object_hours where starts_at >= ${from} and starts_at < ${to}
    union select cluster_id from statistics_objects where started_at >= ${from} and started_at < ${to}
    order by cluster_id`.execute(tx)
  return rows.map(({ cluster_id }) => cluster_id)
}

const monthsIn = async (db: Kysely<Schema>): Promise<MonthRecord[]> => {
  const rows = await db.selectFrom('billing_months').selectAll().orderBy('month').execute()
  return rows.map(recordOf)
}

const Clusters = z.array(ClusterCoverage)

const recordOf = (row: Selectable<Schema['billing_months']>): MonthRecord => ({
  month: row.month,
  from: row.starts_at,
  to: row.ends_at,
  timeZone: row.time_zone,
  countId: row.count_id,
  countedAt: row.counted_at,
  clusters: Clusters.parse(JSON.parse(row.coverage)),
  closedAt: row.closed_at,
  closedBy: row.closed_by,
  acceptedIncomplete: row.accepted_incomplete,
  sha256: row.sha256,
})

const keepFile = async (tx: Kysely<Schema>, month: string, { file, parts }: MadeFile): Promise<void> => {
  let part = 0
  for await (const bytes of parts) {
    await tx.insertInto('billing_files').values({ month, file, part_no: part, bytes }).execute()
    part += 1
  }
}
