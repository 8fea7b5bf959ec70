import type { ClientNote } from '@ostor-console/shared/clients'
import type { Message, MessageState } from '@ostor-console/shared/messages'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type Kysely, type Selectable, sql, type Updateable } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import type { MessageFailure } from './whmcs-tables.ts'

export type MessageRow = Selectable<Schema['whmcs_messages']>
export type MessageFilter = {
  show: 'undelivered' | 'attention' | 'ended' | 'all'
  clientId?: number | undefined
  page: number
  pageSize: number
}
type Decision = { by: string; reason: string }

export type Messages = ReturnType<typeof messagesOf>

const DAY_MS = 86_400_000
/** What WHMCS says of the console itself, and not of one client. */
export const ABOUT_ALL = ['wrong-credentials', 'address-refused', 'action-refused'] as const satisfies MessageFailure[]
/** WHMCS did not answer, or something between it and us did. */
export const SILENT: readonly MessageFailure[] = ['transport', 'timeout', 'bad-answer']

const UNDELIVERED = sql<boolean>`ended_at is null`

/** What WHMCS is to be told: what people see of it, and decide. */
export const messagesOf = ({ db, transaction }: Pick<Store, 'db' | 'transaction'>, { now }: { now: () => Date }) => {
  const attention = () =>
    sql<boolean>`(ended_at is null and (state in ('unknown', 'blocked') or created_at < ${dayAgo(now())}))`

  /** Changes a message that is in one of these states. Throws `message-not-found` and `message-moved-on`. */
  const change = (id: string, from: readonly MessageState[], set: Updateable<Schema['whmcs_messages']>) =>
    transaction(async (tx) => {
      const row = await tx
        .updateTable('whmcs_messages')
        .set(set)
        .where('id', '=', id)
        .where('state', 'in', from)
        .returningAll()
        .executeTakeFirst()
      if (row) return shown(tx, row)
      throw movedOn(await one(tx, id))
    })

  const shown = async (of: Kysely<Schema>, row: MessageRow): Promise<Message> => {
    const [message] = await named(of, [row], now())
    return message ?? messageOf(row, null, now())
  }

  const again = () => ({ state: 'queued' as const, next_at: now(), failure: null })

  return {
    /** What is not delivered first, each client in order; what has ended, the latest first. */
    async list({ show, clientId, page, pageSize }: MessageFilter) {
      const of = db
        .selectFrom('whmcs_messages')
        .$if(show === 'undelivered', (query) => query.where(UNDELIVERED))
        .$if(show === 'ended', (query) => query.where(sql<boolean>`ended_at is not null`))
        .$if(show === 'attention', (query) => query.where(attention()))
        .$if(clientId !== undefined, (query) => query.where('client_id', '=', clientId ?? 0))
      const rows = await of
        .selectAll()
        .orderBy(sql`ended_at is not null`)
        .orderBy(sql`case when ended_at is null then 0 else -message_no end`)
        .orderBy('client_id')
        .orderBy('message_no')
        .limit(pageSize)
        .offset((page - 1) * pageSize)
        .execute()
      const { all } = await of.select(({ fn }) => fn.countAll().as('all')).executeTakeFirstOrThrow()
      return { items: await named(db, rows, now()), page, pageSize, matching: Number(all) }
    },

    /** Throws `message-not-found`. */
    find: async (id: string): Promise<Message> => shown(db, await one(db, id)),

    /** How many of each client are not delivered; clients with none are left out. */
    async undelivered(clientIds: readonly number[]): Promise<Map<number, number>> {
      if (clientIds.length === 0) return new Map()
      const rows = await db
        .selectFrom('whmcs_messages')
        .select(['client_id', ({ fn }) => fn.countAll<bigint>().as('waiting')])
        .where('client_id', 'in', clientIds)
        .where(UNDELIVERED)
        .groupBy('client_id')
        .execute()
      return new Map(rows.map((row) => [row.client_id, Number(row.waiting)]))
    },

    async summary(): Promise<{ waiting: number; needsAttention: number; oldestAt: Date | null }> {
      const { rows } = await sql<{ waiting: bigint; attention: bigint; oldest: Date | null }>`
        select count(*) as waiting, count(*) filter (where ${attention()}) as attention, min(created_at) as oldest
        from whmcs_messages where ended_at is null`.execute(db)
      const row = rows[0]
      return {
        waiting: Number(row?.waiting ?? 0n),
        needsAttention: Number(row?.attention ?? 0n),
        oldestAt: row?.oldest ?? null,
      }
    },

    /** What stopped everything, until somebody resumes; `null` when nothing did. */
    async stopped(): Promise<{ failure: (typeof ABOUT_ALL)[number]; detail: string; since: Date } | null> {
      const row = await db
        .selectFrom('whmcs_messages')
        .select(['failure', 'last_error', 'sending_since'])
        .where('state', '=', 'blocked')
        .where('failure', 'in', ABOUT_ALL)
        .orderBy('message_no')
        .limit(1)
        .executeTakeFirst()
      const failure = ABOUT_ALL.find((name) => name === row?.failure)
      if (!row || !failure) return null
      return { failure, detail: row.last_error ?? '', since: row.sending_since ?? now() }
    },

    /** What stands in the notes of a client about keys and users, in order. */
    async notesOf(clientId: number): Promise<ClientNote[]> {
      const rows = await db
        .selectFrom('whmcs_messages')
        .selectAll()
        .where('client_id', '=', clientId)
        .where('kind', 'in', ['note.add', 'note.delete'])
        .where('state', '<>', 'cancelled')
        .orderBy('message_no')
        .execute()
      const gone = new Map(rows.filter(({ kind }) => kind === 'note.delete').map((row) => [row.marker, row]))
      return rows.filter(({ kind }) => kind === 'note.add').map((row) => noteOf(row, gone.get(row.marker)))
    },

    retry: (id: string): Promise<Message> => change(id, ['queued', 'blocked'], again()),

    cancel: (id: string, { by, reason }: Decision): Promise<Message> =>
      change(id, ['queued', 'blocked', 'unknown'], {
        state: 'cancelled',
        next_at: null,
        ended_at: now(),
        decided_by: by,
        reason,
      }),

    /** Somebody looked whether a message whose outcome is unknown had arrived. */
    settle: (id: string, { hasArrived, by, reason }: Decision & { hasArrived: boolean }): Promise<Message> => {
      const learnt = { decided_by: by, reason, may_have_arrived: false }
      return change(
        id,
        ['unknown'],
        hasArrived ? { ...learnt, state: 'done', next_at: null, ended_at: now() } : { ...learnt, ...again() },
      )
    },

    /** Tries all that is blocked again; answers how many. */
    async resume(): Promise<number> {
      const { numUpdatedRows } = await db
        .updateTable('whmcs_messages')
        .set(again())
        .where('state', '=', 'blocked')
        .executeTakeFirst()
      return Number(numUpdatedRows)
    },
  }
}

const dayAgo = (at: Date): Date => new Date(at.getTime() - DAY_MS)

const one = async (db: Kysely<Schema>, id: string): Promise<MessageRow> => {
  const row = await db.selectFrom('whmcs_messages').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw problem('message-not-found')
  return row
}

const STATES: Record<MessageState, string> = {
  queued: said`It waits`,
  sending: said`It is being sent`,
  done: said`It is delivered`,
  unknown: said`It is not known whether it arrived`,
  blocked: said`WHMCS refuses it`,
  cancelled: said`It is cancelled`,
}

const movedOn = ({ state }: MessageRow) => problem('message-moved-on', { detail: STATES[state] })

const named = async (db: Kysely<Schema>, rows: readonly MessageRow[], at: Date): Promise<Message[]> => {
  const ids = [...new Set(rows.map(({ client_id }) => client_id))]
  const of = db.selectFrom('whmcs_clients').select(['client_id', 'name'])
  const clients = ids.length === 0 ? [] : await of.where('client_id', 'in', ids).execute()
  const names = new Map(clients.map(({ client_id, name }) => [client_id, name]))
  return rows.map((row) => messageOf(row, names.get(row.client_id) ?? null, at))
}

const messageOf = (row: MessageRow, clientName: string | null, at: Date): Message => ({
  id: row.id,
  clientId: row.client_id,
  clientName,
  kind: row.kind,
  marker: row.marker,
  cluster: row.cluster_id,
  userId: row.user_id,
  keyId: row.key_id,
  text: row.body,
  state: row.state,
  attempts: row.attempts,
  nextAt: row.next_at?.toISOString() ?? null,
  lastError: row.last_error,
  createdAt: row.created_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  decidedBy: row.decided_by,
  reason: row.reason,
  needsAttention:
    row.ended_at === null && (row.state === 'unknown' || row.state === 'blocked' || row.created_at < dayAgo(at)),
})

const noteOf = (added: MessageRow, removal: MessageRow | undefined): ClientNote => {
  const about = { cluster: added.cluster_id ?? '', userId: added.user_id ?? '', keyId: added.key_id }
  const isGone = removal?.state === 'done'
  const state = isGone
    ? removal.note_id === null
      ? 'removed'
      : 'revoked'
    : added.state === 'done'
      ? 'written'
      : 'waiting'
  const at = (isGone ? removal.ended_at : added.ended_at) ?? added.created_at
  return { ...about, state, at: at.toISOString() }
}
