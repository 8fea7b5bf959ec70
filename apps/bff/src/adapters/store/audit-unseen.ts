import type { Action, AuditEntry, Outcome } from '@ostor-console/shared/audit'
import { said } from '@ostor-console/shared/said'
import { sql } from 'kysely'
import * as z from 'zod'
import { ENDED } from './audit-page.ts'
import type { Store } from './store.ts'

/** A write whose end nobody saw: its reply was lost, or the process ended in the middle of it. */
export type UnseenWrite = Pick<AuditEntry, 'target' | 'userId' | 'bucket' | 'before' | 'after' | 'detail'> & {
  seq: bigint
  operationId: string
  action: Action
  outcome: Extract<Outcome, 'started' | 'unknown'>
  begunAt: Date
  /** When the last thing was learned about it. */
  knownAt: Date
}

/** How the detail of an operation begins of which nothing more can be learned. */
export const UNDECIDED = said`It cannot be told any more.`

export const isUndecided = (detail: string | null): boolean => detail?.startsWith(UNDECIDED) === true

export type UnseenWrites = ReturnType<typeof unseenWritesOf>

const Fields = z.record(z.string(), z.string()).nullable()
const fields = (text: string | null) => Fields.parse(text === null ? null : JSON.parse(text))

type Row = {
  seq: bigint
  operation_id: string
  action: Action
  user_id: string | null
  bucket: string | null
  target: string
  before: string | null
  after: string | null
  outcome: 'started' | 'unknown'
  detail: string | null
  begun_at: Date
  known_at: Date
}

/** What of the audit is still to be found out. */
export const unseenWritesOf = ({ db }: Pick<Store, 'db'>) => ({
  /** Those that began behind `after`, the oldest first. */
  async list(cluster: string, actions: readonly Action[], after: bigint): Promise<UnseenWrite[]> {
    const { rows } = await sql<Row>`
      with begun as (
        select * from audit where kind = 'begin' and cluster_id = ${cluster} and seq > ${after}
          and action = any(${actions}::text[])
      ), ${ENDED}
      select b.seq, b.operation_id, b.action, coalesce(e.user_id, b.user_id) as user_id, b.bucket,
        coalesce(e.target, b.target) as target, b."before", coalesce(e."after", b."after") as "after",
        coalesce(e.outcome, b.outcome) as outcome, coalesce(e.detail, b.detail) as detail,
        b."at" as begun_at, coalesce(e."at", b."at") as known_at
      from begun as b left join ended as e on e.operation_id = b.operation_id
      where coalesce(e.outcome, b.outcome) in ('started', 'unknown') order by b.seq`.execute(db)
    return rows.map((row) => ({
      seq: row.seq,
      operationId: row.operation_id,
      action: row.action,
      userId: row.user_id,
      bucket: row.bucket,
      target: row.target,
      before: fields(row.before),
      after: fields(row.after),
      outcome: row.outcome,
      detail: row.detail,
      begunAt: row.begun_at,
      knownAt: row.known_at,
    }))
  },

  /** How many operations on a user have an end that is still to be found out; what cannot be told any more does not count. */
  async count(cluster: string, of: { action: Action; userId: string; target?: string }): Promise<number> {
    const { action, userId, target } = of
    const { rows } = await sql<{ found: bigint }>`
      with begun as (
        select * from audit where kind = 'begin' and cluster_id = ${cluster} and user_id = ${userId} and action = ${action}
          ${target === undefined ? sql`` : sql`and target = ${target}`}
      ), ${ENDED}
      select count(*) as found from begun as b left join ended as e on e.operation_id = b.operation_id
      where coalesce(e.outcome, b.outcome) in ('started', 'unknown')
        and coalesce(e.detail, '') not like ${`${UNDECIDED}%`}`.execute(db)
    return Number(rows[0]?.found ?? 0n)
  },

  /** The last entry that is older than `before`; 0 when there is none. */
  async lastBefore(before: Date): Promise<bigint> {
    const { rows } = await sql<{
      seq: bigint | null
    }>`select max(seq) as seq from audit where "at" < ${before}`.execute(db)
    return rows[0]?.seq ?? 0n
  },

  /** When each key of a user was handed over, and to whom, as far as it was done here. */
  async keysHandedOver(cluster: string, userId: string): Promise<Map<string, { at: string; by: string }>> {
    const rows = await db
      .selectFrom('audit')
      .select(['at', 'actor', 'after'])
      .where('cluster_id', '=', cluster)
      .where('user_id', '=', userId)
      .where('action', 'in', ['key.create', 'user.create'])
      .where('outcome', '=', 'done')
      .execute()
    return new Map(
      rows.map(({ at, actor: by, after }) => [fields(after)?.['keyId'] ?? '', { at: at.toISOString(), by }] as const),
    )
  },

  /** The keys that other operations are known to have made for a user, their accounts included. */
  async keysMade(cluster: string, userId: string, butNotBy: string): Promise<string[]> {
    const rows = await db
      .selectFrom('audit')
      .select('after')
      .where('cluster_id', '=', cluster)
      .where('user_id', '=', userId)
      .where('action', 'in', ['key.create', 'user.create', 'account-key.create', 'account.create'])
      .where('outcome', '=', 'done')
      .where('operation_id', '<>', butNotBy)
      .execute()
    return rows.flatMap(({ after }) => fields(after)?.['keyId'] ?? [])
  },
})
