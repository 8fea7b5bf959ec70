import { randomUUID } from 'node:crypto'
import type { BulkItem, ItemState, RunState } from '@ostor-console/shared/bulk'
import { type Insertable, type Selectable, sql } from 'kysely'
import { appendRows } from './append-rows.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { isWithin, type Within } from './within.ts'

export type RunRow = Selectable<Schema['bulk_runs']>
export type PlannedItem = Pick<BulkItem, 'line' | 'userId' | 'email' | 'planned' | 'detail'>

export type NewRun = Pick<
  Insertable<Schema['bulk_runs']>,
  'cluster_id' | 'actor' | 'change' | 'source' | 'rerun_of' | 'per_second' | 'stored_bytes' | 'listed_at'
> & { createdAt: Date; expiresAt: Date }

/** How many items there are of each kind, and how many ended since an instant. */
export type Counts = {
  states: Partial<Record<ItemState, number>>
  planned: Record<BulkItem['planned'], number>
  /** What did not come about. */
  again: number
  lately: number
}

export const FAILED_STATES = ['refused', 'failed', 'unknown', 'left'] as const satisfies ItemState[]
const PAGE = 50

type Page = { rows: RunRow[]; matching: number; pageSize: number }
export type BulkRuns = ReturnType<typeof bulkRunsOf>

/** Changes of many users. What moves a run on says from which state, and is refused when the run is in another by then. */
export const bulkRunsOf = (store: Store) => {
  const { db } = store

  const move = async (id: string, from: RunState[], to: Partial<RunRow>): Promise<boolean> => {
    const { numUpdatedRows } = await db
      .updateTable('bulk_runs')
      .set(to)
      .where('id', '=', id)
      .where('state', 'in', from)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }

  return {
    move,

    /** Resolves to the id of the plan. */
    create: ({ createdAt, expiresAt, ...run }: NewRun, items: PlannedItem[]): Promise<string> =>
      store.transaction(async (tx) => {
        const id = randomUUID()
        const empty = { started_at: null, ended_at: null, held_by: null, rests_because: null, operation_id: null }
        await tx
          .insertInto('bulk_runs')
          .values({
            ...run,
            ...empty,
            id,
            state: 'planned',
            created_at: createdAt,
            expires_at: expiresAt,
            keys_taken: 0,
          })
          .execute()
        const rows = items.map(({ line, userId, email, planned, detail }, index) => ({
          run_id: id,
          position: index + 1,
          line,
          user_id: userId,
          email,
          planned,
          state: STATE_OF[planned],
          detail,
          operation_id: null,
          begun: false,
          ended_at: null,
        }))
        await appendRows(tx, 'bulk_items', rows)
        return id
      }),

    find: (cluster: string, id: string): Promise<RunRow | undefined> =>
      db.selectFrom('bulk_runs').selectAll().where('id', '=', id).where('cluster_id', '=', cluster).executeTakeFirst(),

    /** Newest first, fifty on a page. */
    async page(cluster: string, page: number, within?: Within): Promise<Page> {
      const of = db
        .selectFrom('bulk_runs')
        .where('cluster_id', '=', cluster)
        .$if(within !== undefined, (query) => query.where(within ? onlyTheirs(within) : sql<boolean>`true`))
      const rows = await of
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(PAGE)
        .offset((page - 1) * PAGE)
        .execute()
      const { all } = await of.select(({ fn }) => fn.countAll().as('all')).executeTakeFirstOrThrow()
      return { rows, matching: Number(all), pageSize: PAGE }
    },

    /** Whether all its users are theirs. */
    async isWithin(id: string, within: Within): Promise<boolean> {
      const of = db.selectFrom('bulk_runs').select('id').where('id', '=', id)
      return (await of.where(onlyTheirs(within)).executeTakeFirst()) !== undefined
    },

    /** Those that are to be worked at, the first started first. */
    active: (cluster: string): Promise<RunRow[]> =>
      db
        .selectFrom('bulk_runs')
        .selectAll()
        .where('cluster_id', '=', cluster)
        .where('state', 'in', ['running', 'stopping'])
        .orderBy('started_at')
        .orderBy('id')
        .execute(),

    async counts(ids: string[], since: Date): Promise<Map<string, Counts>> {
      const counts = new Map(ids.map((id) => [id, none()]))
      if (ids.length === 0) return counts
      const rows = await db
        .selectFrom('bulk_items')
        .select(['run_id', 'planned', 'state'])
        .select(({ fn }) => fn.countAll().as('items'))
        .select(sql<bigint>`count(*) filter (where ended_at > ${since}::timestamptz)`.as('lately'))
        .where('run_id', 'in', ids)
        .groupBy(['run_id', 'planned', 'state'])
        .execute()
      for (const { run_id, planned, state, items, lately } of rows) {
        const own = counts.get(run_id)
        if (!own) continue
        own.states[state] = (own.states[state] ?? 0) + Number(items)
        own.planned[planned] += Number(items)
        own.lately += Number(lately)
        if (planned === 'change' && isFailed(state)) own.again += Number(items)
      }
      return counts
    },

    keysTaken: async (id: string, count: number): Promise<void> => {
      await db
        .updateTable('bulk_runs')
        .set(({ eb }) => ({ keys_taken: eb('keys_taken', '+', count) }))
        .where('id', '=', id)
        .execute()
    },

    /** Removes a run with its items; answers false when it is in another state by now. */
    remove: (id: string, state: 'planned' | 'ended'): Promise<boolean> =>
      store.transaction(async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom('bulk_runs')
          .where('id', '=', id)
          .where('state', '=', state)
          .executeTakeFirst()
        if (numDeletedRows === 0n) return false
        await tx.deleteFrom('bulk_items').where('run_id', '=', id).execute()
        await tx.updateTable('bulk_runs').set({ rerun_of: null }).where('rerun_of', '=', id).execute()
        return true
      }),

    /** Plans that are too old to be started. */
    async expired(cluster: string, now: Date): Promise<string[]> {
      const rows = await db
        .selectFrom('bulk_runs')
        .select('id')
        .where('cluster_id', '=', cluster)
        .where('state', '=', 'planned')
        .where('expires_at', '<', now)
        .execute()
      return rows.map(({ id }) => id)
    },

    async endedBefore(cluster: string, before: Date): Promise<string[]> {
      const rows = await db
        .selectFrom('bulk_runs')
        .select('id')
        .where('cluster_id', '=', cluster)
        .where('state', '=', 'ended')
        .where('ended_at', '<', before)
        .execute()
      return rows.map(({ id }) => id)
    },
  }
}

const onlyTheirs = (within: Within) =>
  sql<boolean>`not exists (select 1 from bulk_items as i where i.run_id = bulk_runs.id
    and not (${isWithin(within, { userId: sql.ref('i.user_id'), bucket: sql`null`, email: sql`null` })}
      or ${isWithin(within, { userId: sql`null`, bucket: sql`null`, email: sql.ref('i.email') })}))`

const STATE_OF: Record<BulkItem['planned'], ItemState> = { change: 'waiting', already: 'already', refused: 'refused' }

const none = (): Counts => ({ states: {}, planned: { change: 0, already: 0, refused: 0 }, again: 0, lately: 0 })

const isFailed = (state: ItemState): boolean => FAILED_STATES.some((each) => each === state)
