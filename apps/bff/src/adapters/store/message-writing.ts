import type { MessageKind } from '@ostor-console/shared/messages'
import type { Kysely } from 'kysely'
import { type Mark, markerOf, ulid } from './markers.ts'
import type { Schema } from './schema.ts'

/** What a kind needs besides its text. `link.set` needs nothing: it says who is linked when it is sent. */
export type Payload =
  | { kind: 'note.add' | 'note.delete' | 'activity.add' | 'link.set' }
  | { kind: 'usage.set'; serviceId: number; diskMegabytes: number; trafficMegabytes: number }
  | { kind: 'invoice.draft'; lines: { description: string /** Decimal, such as `5.12`. */; amount: string }[] }

export type NewMessage = Payload & {
  clientId: number
  /** Without a secret, and without the marker, which is put below it. Of a draft invoice it is its notes. */
  text: string
  /** For what is added: it gets a marker of its own of this sort. */
  mark?: Mark
  /** For what is removed: the marker that it had. */
  marker?: string
  cluster?: string | null
  userId?: string | null
  keyId?: string | null
  /** Of the change that it tells of. */
  operationId?: string | null
  /** WHMCS need not know any more: it is only kept. */
  cancelled?: string
}

const AT_ONCE = 200
const ADDED: readonly MessageKind[] = ['note.add', 'activity.add', 'invoice.draft']

/** Writes what WHMCS is to be told, in the transaction of the change itself. Answers the ids, in order. */
export const addMessages = async (tx: Kysely<Schema>, messages: readonly NewMessage[], at: Date): Promise<string[]> => {
  const rows = messages.map((message) => rowOf(message, at))
  // Each row takes the next number, in order: a client's messages go by them.
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await tx
      .insertInto('whmcs_messages')
      .values(rows.slice(from, from + AT_ONCE))
      .execute()
  return rows.map(({ id }) => id)
}

const rowOf = (message: NewMessage, at: Date) => {
  const { kind, clientId, text, mark, marker: old, cancelled, ...rest } = message
  const { cluster = null, userId = null, keyId = null, operationId = null, ...payload } = rest
  const id = ulid(at)
  const own = ADDED.includes(kind) && mark !== undefined ? markerOf(mark, id) : null
  if (ADDED.includes(kind) && own === null) throw new TypeError(`${kind} needs a mark`)
  return {
    id,
    client_id: clientId,
    kind,
    marker: own ?? old ?? null,
    cluster_id: cluster,
    user_id: userId,
    key_id: keyId,
    operation_id: operationId,
    body: own === null ? text : `${text}\n${own}`,
    payload: Object.keys(payload).length > 0 ? JSON.stringify(payload) : null,
    state: cancelled === undefined ? ('queued' as const) : ('cancelled' as const),
    attempts: 0,
    next_at: cancelled === undefined ? at : null,
    may_have_arrived: false,
    holder: null,
    sending_since: null,
    note_id: null,
    failure: null,
    last_error: null,
    created_at: at,
    ended_at: cancelled === undefined ? null : at,
    decided_by: cancelled === undefined ? null : 'console',
    reason: cancelled ?? null,
  }
}
