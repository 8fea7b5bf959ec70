import { randomUUID } from 'node:crypto'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { SCHEDULED_ACTIONS, type ScheduledChange, ScheduledState } from '@ostor-console/shared/scheduled'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import * as z from 'zod'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { isWithin, type Within } from './within.ts'

type Of = { userId?: string | undefined; within?: Within | undefined }
type Row = Selectable<Schema['scheduled_changes']>
type State = ScheduledState

export type Wanted = Pick<ScheduledChange, 'action' | 'userId' | 'email' | 'keyId'> & {
  cluster: string
  acceptLastKey: boolean
  askedBy: string
  dueAt: Date
  /** Of the write that it waits for first. */
  operationId?: string
}
type Running = Pick<ScheduledChange, 'id' | 'operationId'>
type Ending = { state: Extract<State, 'done' | 'failed' | 'stopped'>; by: string; detail: string | null }

export type Scheduled = ReturnType<typeof scheduledOf>

const OPEN = ['preparing', 'waiting', 'running'] as const satisfies State[]

/** What waits for its date. Each step says from which state it goes, so that two who come at once cannot both take it. */
export const scheduledOf = (store: Pick<Store, 'db' | 'transaction'>, { now }: { now: () => Date }) => {
  /** The row as it is afterwards; `null` when it was not in any of these states. */
  const change = (
    id: string,
    from: readonly State[],
    set: Updateable<Schema['scheduled_changes']>,
    operationId?: string | null,
  ) =>
    store.transaction(async (tx) => {
      const row = await tx
        .updateTable('scheduled_changes')
        .set(set)
        .where('id', '=', id)
        .where('state', 'in', from)
        .$if(operationId !== undefined, (query) => query.where('operation_id', '=', operationId ?? ''))
        .returningAll()
        .executeTakeFirst()
      return row ? changeOf(row) : null
    })

  const openRows = (cluster: string, { userId, within }: Of) =>
    store.db
      .selectFrom('scheduled_changes')
      .selectAll()
      .where('cluster_id', '=', cluster)
      .where('state', 'in', OPEN)
      .$if(userId !== undefined, (query) => query.where(ofUser(userId ?? '')))
      .$if(within !== undefined, (query) => query.where(theirs(within)))
      .orderBy('due_at')
      .orderBy('id')

  const add = (wanted: Wanted, more: Pick<Insertable<Schema['scheduled_changes']>, 'state' | 'is_rotation'>) =>
    store.transaction(async (tx) => {
      const { cluster, action, userId, keyId } = wanted
      const same = await tx
        .selectFrom('scheduled_changes')
        .select('id')
        .where('cluster_id', '=', cluster)
        .where('action', '=', action)
        .where('user_id', '=', userId)
        .where('key_id', keyId === null ? 'is' : '=', keyId)
        .where('state', 'in', OPEN)
        .executeTakeFirst()
      if (same) throw problem('scheduled-already')
      const row = {
        id: randomUUID(),
        cluster_id: cluster,
        action,
        user_id: userId,
        email: wanted.email,
        key_id: keyId,
        new_key_id: null,
        accept_last_key: wanted.acceptLastKey,
        asked_by: wanted.askedBy,
        asked_at: now(),
        due_at: wanted.dueAt,
        // Of the write that it waits for: the new key, or in its time the deletion.
        operation_id: wanted.operationId ?? randomUUID(),
        ended_at: null,
        ended_by: null,
        detail: null,
        ...more,
      }
      await tx.insertInto('scheduled_changes').values(row).execute()
      return changeOf(row)
    })

  return {
    /** Throws `scheduled-already` when the same waits already. */
    add: (wanted: Wanted): Promise<ScheduledChange> => add(wanted, { state: 'waiting', is_rotation: false }),

    /** A revocation that waits for the new key first, which is made by the operation that it names. */
    prepare: (wanted: Wanted): Promise<ScheduledChange> => add(wanted, { state: 'preparing', is_rotation: true }),

    async open(cluster: string, of: Of = {}): Promise<ScheduledChange[]> {
      return (await openRows(cluster, of).execute()).map(changeOf)
    },

    async ended(cluster: string, since: Date, { userId, within }: Of = {}): Promise<ScheduledChange[]> {
      const rows = await store.db
        .selectFrom('scheduled_changes')
        .selectAll()
        .where('cluster_id', '=', cluster)
        .where('ended_at', '>=', since)
        .$if(userId !== undefined, (query) => query.where(ofUser(userId ?? '')))
        .$if(within !== undefined, (query) => query.where(theirs(within)))
        .orderBy('ended_at', 'desc')
        .limit(200)
        .execute()
      return rows.map(changeOf)
    },

    async find(cluster: string, id: string): Promise<(ScheduledChange & { acceptLastKey: boolean }) | null> {
      const row = await store.db
        .selectFrom('scheduled_changes')
        .selectAll()
        .where('cluster_id', '=', cluster)
        .where('id', '=', id)
        .executeTakeFirst()
      return row ? { ...changeOf(row), acceptLastKey: row.accept_last_key } : null
    },

    /** The new key is there and handed over; from now on the date counts. */
    ready: (id: string, newKeyId: string) => change(id, ['preparing'], { state: 'waiting', new_key_id: newKeyId }),

    move: (id: string, dueAt: Date) => change(id, ['waiting'], { due_at: dueAt, detail: null }),

    /** Takes it, for whoever carries it out under this operation's id, which is new each time. */
    claim: (id: string) => change(id, ['waiting'], { state: 'running', operation_id: randomUUID(), detail: null }),

    /** Whether it is still this operation that carries it out; asked last, before the gateway is. */
    begin: (id: string, operationId: string) => change(id, ['running'], { detail: null }, operationId),

    /** Back to waiting: nothing was done. */
    release: ({ id, operationId }: Running, detail: string | null) =>
      change(id, ['running'], { state: 'waiting', detail }, operationId),

    /** Back to waiting, when its operation was never begun; from then on it cannot begin any more. */
    releaseUnbegun: ({ id, operationId }: Running): Promise<boolean> =>
      store.transaction(async (tx) => {
        const begun = await tx
          .selectFrom('audit')
          .select('seq')
          .where('operation_id', '=', operationId ?? '')
          .executeTakeFirst()
        if (begun) return false
        const row = await tx
          .updateTable('scheduled_changes')
          .set({ state: 'waiting', detail: null })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .where('operation_id', '=', operationId ?? '')
          .returning('id')
          .executeTakeFirst()
        return row !== undefined
      }),

    stop: (id: string, by: string) =>
      change(id, ['waiting'], { state: 'stopped', ended_at: now(), ended_by: by, detail: null }),

    end: ({ id, operationId }: Running, { state, by, detail }: Ending) =>
      change(id, ['preparing', 'running'], { state, ended_at: now(), ended_by: by, detail }, operationId),

    /** What an admin did by hand is not waited for any more. Without `keyId`, all that waits for this user. */
    async overtake(cluster: string, { userId, keyId }: { userId: string; keyId?: string }, by: string): Promise<void> {
      const set = { state: 'done', ended_at: now(), ended_by: by, detail: said`It was done before its date` }
      await store.transaction(async (tx) => {
        await tx
          .updateTable('scheduled_changes')
          .set(set)
          .where('cluster_id', '=', cluster)
          .where(ofUser(userId))
          .$if(keyId !== undefined, (query) => query.where('key_id', '=', keyId ?? ''))
          .where('state', '=', 'waiting')
          .execute()
      })
    },
  }
}

/** In any letter case, as the gateway takes it. */
const ofUser = (userId: string) => sql<boolean>`lower(user_id) = ${userId.toLowerCase()}`

const theirs = (within: Within | undefined) =>
  within === undefined
    ? sql<boolean>`true`
    : isWithin(within, { userId: sql.ref('user_id'), bucket: sql`null`, email: sql`null` })

const Stored = z.object({ action: z.enum(SCHEDULED_ACTIONS), state: ScheduledState })

const changeOf = (row: Row): ScheduledChange => ({
  id: row.id,
  userId: row.user_id,
  email: row.email,
  keyId: row.key_id,
  newKeyId: row.new_key_id,
  isRotation: row.is_rotation,
  askedBy: row.asked_by,
  askedAt: row.asked_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  endedBy: row.ended_by,
  detail: row.detail,
  operationId: row.operation_id,
  ...Stored.parse(row),
})
