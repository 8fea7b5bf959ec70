import { sql } from 'kysely'
import { markerOf } from './markers.ts'
import { type Claimed, claimedOf } from './message-sending.ts'
import type { MessageRow } from './messages.ts'
import type { Store } from './store.ts'
import { whmcsFacts } from './whmcs-facts.ts'
import type { MessageFailure } from './whmcs-tables.ts'

/** What the addon inside WHMCS can do. */
const PULLED = ['note.add', 'note.delete', 'activity.add', 'link.set'] as const
type Pullable = Claimed & { kind: (typeof PULLED)[number] }
export type Pulled = Pick<Pullable, 'id' | 'clientId' | 'kind' | 'marker' | 'text'> & {
  /** What takes the place of a removal that cannot be; its marker stands in the text. */
  insteadMarker: string | null
  /** The field of the client that `link.set` sets. */
  fieldId: number | null
}

const isPulled = (message: Claimed): message is Pullable => PULLED.some((kind) => kind === message.kind)

export type MessagePull = ReturnType<typeof messagePullOf>

type Sending = {
  ready(limit: number): Promise<number[]>
  claim(clientId: number): Promise<Claimed | null>
  done(id: string, noteId: number | null): Promise<boolean>
  retryAt(id: string, at: Date, failure: Failed): Promise<boolean>
  stop(id: string, state: 'blocked', failure: Failed): Promise<boolean>
}
type Failed = { failure: MessageFailure; detail: string; mayHaveArrived: boolean }

/** What holds up whatever comes behind it for the same client. */
const OPEN = ['queued', 'sending', 'blocked'] as const
const CLIENTS = 50
const OF_EACH = 20
const RETRY_MS = 60_000

/**
 * What the addon comes for and reports about. Reading changes nothing, since it does each thing once by itself; what is
 * reported counts only for the message that comes next.
 */
export const messagePullOf = ({ db }: Pick<Store, 'db'>, sending: Sending, { now }: { now: () => Date }) => {
  const headOf = async (clientId: number): Promise<string | undefined> => {
    const of = db.selectFrom('whmcs_messages').select('id').where('client_id', '=', clientId)
    const open = of.where('ended_at', 'is', null).where('state', 'in', [...OPEN])
    return (await open.orderBy('message_no').limit(1).executeTakeFirst())?.id
  }

  return {
    /** In the mode `addon`: each client's messages in order, up to the first that has to wait or is not for the addon. */
    async waiting(): Promise<Pulled[]> {
      const { mode, linkFieldId } = await whmcsFacts(db)
      if (mode !== 'addon') return []
      const clients = await sending.ready(CLIENTS)
      if (clients.length === 0) return []
      const { rows } = await sql<MessageRow>`
      select * from (
        select *, row_number() over (partition by client_id order by message_no) as place from whmcs_messages
        where client_id in (${sql.join(clients)}) and ended_at is null and state in (${sql.join(OPEN)})
      ) as waiting where place <= ${OF_EACH} order by message_no`.execute(db)
      const held = new Set<number>()
      return rows.flatMap((row) => {
        const message = claimedOf(row)
        const isNext = !held.has(message.clientId) && row.state === 'queued' && (row.next_at ?? now()) <= now()
        if (isNext && isPulled(message)) return [pulledOf(message, linkFieldId)]
        held.add(message.clientId)
        return []
      })
    },

    /** Whether it was the next message of its client. */
    async settle(
      { id, clientId }: { id: string; clientId: number },
      outcome: { is: 'done'; noteId: number | null } | { is: 'refused' | 'failed'; detail: string },
    ): Promise<boolean> {
      if ((await headOf(clientId)) !== id) return false
      const next = await sending.claim(clientId)
      if (next?.id !== id) {
        if (next) await sending.retryAt(next.id, now(), OVERTAKEN)
        return false
      }
      if (outcome.is === 'done') return sending.done(id, outcome.noteId)
      const failure = { failure: 'refused', detail: outcome.detail, mayHaveArrived: outcome.is === 'failed' } as const
      if (outcome.is === 'refused') return sending.stop(id, 'blocked', failure)
      return sending.retryAt(id, new Date(now().getTime() + RETRY_MS), failure)
    },

    /** Of which client each of these messages is. */
    async clientsOf(ids: readonly string[]): Promise<Map<string, number>> {
      if (ids.length === 0) return new Map()
      const rows = await db.selectFrom('whmcs_messages').select(['id', 'client_id']).where('id', 'in', ids).execute()
      return new Map(rows.map((row) => [row.id, row.client_id]))
    },
  }
}

const OVERTAKEN = { failure: 'fault', detail: 'Another message came first', mayHaveArrived: false } as const

const pulledOf = ({ id, clientId, kind, marker, keyId, text }: Pullable, linkFieldId: number | null): Pulled => {
  const pulled = { id, clientId, kind, marker, text, insteadMarker: null, fieldId: null }
  if (kind === 'link.set') return { ...pulled, fieldId: linkFieldId }
  if (kind !== 'note.delete') return pulled
  const insteadMarker = markerOf(keyId === null ? 'u' : 'k', id)
  return { ...pulled, text: `${text}\n${insteadMarker}`, insteadMarker }
}
