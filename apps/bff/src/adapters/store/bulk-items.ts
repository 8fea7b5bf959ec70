import type { Outcome } from '@ostor-console/shared/audit'
import type { BulkItem, ItemState } from '@ostor-console/shared/bulk'
import { type Selectable, sql } from 'kysely'
import { ENDED } from './audit-page.ts'
import { FAILED_STATES } from './bulk-runs.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

export type ItemRow = Selectable<Schema['bulk_items']>
export type Filter = { state?: ItemState | undefined; search?: string | undefined; page: number; pageSize: number }
export type Result = { state: ItemState; detail?: string | null; userId?: string | null; endedAt: Date | null }

/** An item whose end is still to be learned, and what its operation has come to; `null` when none was begun. */
export type OpenItem = Pick<ItemRow, 'run_id' | 'position' | 'state' | 'begun'> & {
  operation_id: string
  outcome: Outcome | null
  detail: string | null
  user_id: string | null
}

const UNTIL_LEARNED = sql<boolean>`state in ('under-way', 'unknown') and ended_at is null`

export type BulkItems = ReturnType<typeof bulkItemsOf>

/**
 * The users of bulk changes. An item is claimed under the id of an operation that is not begun yet. Whoever wants to go on
 * with it names that id; once another process has taken the item over, the old one finds nothing to change.
 */
export const bulkItemsOf = ({ db }: Pick<Store, 'db'>) => {
  const claimed = (runId: string, position: number, operationId: string) =>
    db
      .updateTable('bulk_items')
      .where('run_id', '=', runId)
      .where('position', '=', position)
      .where('operation_id', '=', operationId)
      .where(UNTIL_LEARNED)

  return {
    async page(runId: string, { state, search = '', page, pageSize }: Filter) {
      const text = `%${search.toLowerCase().replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`
      const of = db
        .selectFrom('bulk_items')
        .where('run_id', '=', runId)
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'done'))
        .$if(search !== '', (query) =>
          query.where(sql<boolean>`(lower(email) like ${text} escape '\\' or user_id like ${text} escape '\\')`),
        )
      const rows = await of
        .selectAll()
        .orderBy('position')
        .limit(pageSize)
        .offset((page - 1) * pageSize)
        .execute()
      const { all } = await of.select(({ fn }) => fn.countAll().as('all')).executeTakeFirstOrThrow()
      return { items: rows.map(itemOf), page, pageSize, matching: Number(all) }
    },

    /** A part of all items, in order. */
    async after(runId: string, position: number, limit: number): Promise<BulkItem[]> {
      const rows = await db
        .selectFrom('bulk_items')
        .selectAll()
        .where('run_id', '=', runId)
        .where('position', '>', position)
        .orderBy('position')
        .limit(limit)
        .execute()
      return rows.map(itemOf)
    },

    next: (runId: string): Promise<ItemRow | undefined> =>
      db
        .selectFrom('bulk_items')
        .selectAll()
        .where('run_id', '=', runId)
        .where('state', '=', 'waiting')
        .orderBy('position')
        .limit(1)
        .executeTakeFirst(),

    async claim(runId: string, position: number, operationId: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('bulk_items')
        .set({ state: 'under-way', operation_id: operationId, begun: false })
        .where('run_id', '=', runId)
        .where('position', '=', position)
        .where('state', '=', 'waiting')
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    /** The operation stands in the audit and its request is about to be sent; false when another took the item over. */
    async begin(runId: string, position: number, operationId: string): Promise<boolean> {
      const { numUpdatedRows } = await claimed(runId, position, operationId)
        .set({ begun: true })
        .where('begun', '=', false)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    /** `detail` and `userId` stay as they are where nothing is said of them. An operation that was never begun is forgotten. */
    async finish(
      runId: string,
      position: number,
      operationId: string,
      { state, endedAt, detail, userId }: Result,
    ): Promise<void> {
      const learned = { ...(detail !== undefined && { detail }), ...(userId && { user_id: userId }) }
      await claimed(runId, position, operationId)
        .set({ state, ended_at: endedAt, ...learned, operation_id: sql`case when begun then operation_id end` })
        .execute()
    },

    /** It may be begun once more, for nothing was sent: `begun` says whether its operation was refused, or never begun. */
    release: async (runId: string, position: number, operationId: string, begun: boolean): Promise<void> => {
      await claimed(runId, position, operationId)
        .set({ state: 'waiting', operation_id: null, begun: false })
        .where('begun', '=', begun)
        .execute()
    },

    /** What was not begun is left as it is. */
    leave: async (runId: string, at: Date): Promise<void> => {
      await db
        .updateTable('bulk_items')
        .set({ state: 'left', ended_at: at })
        .where('run_id', '=', runId)
        .where('state', '=', 'waiting')
        .execute()
    },

    /** Whose end is still to be learned, of all runs of a cluster. */
    async open(cluster: string): Promise<OpenItem[]> {
      const items = await db
        .selectFrom('bulk_items')
        .select(['run_id', 'position', 'state', 'begun', 'operation_id'])
        .where(UNTIL_LEARNED)
        .where('run_id', 'in', (eb) => eb.selectFrom('bulk_runs').select('id').where('cluster_id', '=', cluster))
        .execute()
      const ids = items.flatMap(({ operation_id }) => operation_id ?? [])
      if (ids.length === 0) return []
      const { rows } = await sql<Pick<OpenItem, 'operation_id' | 'outcome' | 'detail' | 'user_id'>>`
        with begun as (select * from audit where kind = 'begin' and operation_id = any(${ids}::text[])), ${ENDED}
        select b.operation_id, coalesce(e.outcome, b.outcome) as outcome, coalesce(e.detail, b.detail) as detail,
          coalesce(e.user_id, b.user_id) as user_id
        from begun as b left join ended as e on e.operation_id = b.operation_id`.execute(db)
      const known = new Map(rows.map((row) => [row.operation_id, row]))
      return items.flatMap(({ operation_id, ...item }) =>
        operation_id === null
          ? []
          : [{ ...item, operation_id, ...(known.get(operation_id) ?? { outcome: null, detail: null, user_id: null }) }],
      )
    },

    async isAllLearned(runId: string): Promise<boolean> {
      const found = await db
        .selectFrom('bulk_items')
        .select('position')
        .where('run_id', '=', runId)
        .where(UNTIL_LEARNED)
        .limit(1)
        .executeTakeFirst()
      return found === undefined
    },

    /** What was to be changed and did not come about. */
    failed: (runId: string): Promise<Pick<ItemRow, 'user_id' | 'email'>[]> =>
      db
        .selectFrom('bulk_items')
        .select(['user_id', 'email'])
        .where('run_id', '=', runId)
        .where('planned', '=', 'change')
        .where('state', 'in', [...FAILED_STATES])
        .orderBy('position')
        .execute(),
  }
}

const itemOf = (row: ItemRow): BulkItem => ({
  position: row.position,
  line: row.line,
  userId: row.user_id,
  email: row.email,
  planned: row.planned,
  state: row.state,
  detail: row.detail,
  operationId: row.operation_id,
  endedAt: row.ended_at?.toISOString() ?? null,
})
