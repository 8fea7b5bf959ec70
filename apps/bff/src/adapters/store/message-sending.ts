import type { MessageKind } from '@ostor-console/shared/messages'
import { said } from '@ostor-console/shared/said'
import { sql, type Updateable } from 'kysely'
import * as z from 'zod'
import type { Payload } from './message-writing.ts'
import { ABOUT_ALL, type MessageRow, SILENT } from './messages.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import type { MessageFailure } from './whmcs-tables.ts'

/** A message that somebody has claimed, and nobody else may send. */
export type Claimed = {
  id: string
  no: bigint
  clientId: number
  kind: MessageKind
  marker: string | null
  cluster: string | null
  userId: string | null
  keyId: string | null
  /** With the marker in it. */
  text: string
  payload: Payload
  /** This try among them. */
  attempts: number
  /** An answer was lost: WHMCS may have it already. */
  mayHaveArrived: boolean
}

type Failed = { failure: MessageFailure; detail: string; mayHaveArrived: boolean }

export type MessageSending = ReturnType<typeof messageSendingOf>

/** What holds up whatever comes behind it for the same client. An unknown outcome does not: only what is billed has one. */
const HOLDS = ['queued', 'sending', 'blocked'] as const

/**
 * How messages go, each client's in order. Whoever sends one has claimed it before, in a statement that changes nothing
 * when another was faster, and says how it ended in one that changes nothing when it was taken from them.
 */
export const messageSendingOf = ({ db }: Pick<Store, 'db'>, { holder, now }: { holder: string; now: () => Date }) => {
  const held = (id: string, set: Updateable<Schema['whmcs_messages']>) =>
    db
      .updateTable('whmcs_messages')
      .set({ ...set, holder: null })
      .where('id', '=', id)
      .where('state', '=', 'sending')
      .where('holder', '=', holder)
      .executeTakeFirst()
      .then(({ numUpdatedRows }) => numUpdatedRows === 1n)

  const ready = async (limit: number): Promise<number[]> => {
    const { rows } = await sql<{ client_id: number }>`
      with heads as (
        select client_id, min(message_no) as no from whmcs_messages
        where ended_at is null and state in (${sql.join(HOLDS)}) group by client_id
      )
      select m.client_id from heads join whmcs_messages as m on m.message_no = heads.no
      where m.state = 'queued' and m.next_at <= ${now()} order by heads.no limit ${limit}`.execute(db)
    return rows.map(({ client_id }) => client_id)
  }

  const line = async (clientId: number, limit: number): Promise<bigint[]> => {
    const rows = await db
      .selectFrom('whmcs_messages')
      .select('message_no')
      .where('client_id', '=', clientId)
      .where('ended_at', 'is', null)
      .where('state', 'in', HOLDS)
      .orderBy('message_no')
      .limit(limit)
      .execute()
    return rows.map(({ message_no }) => message_no)
  }

  const claim = async (no: bigint): Promise<Claimed | null> => {
    const row = await db
      .updateTable('whmcs_messages')
      .set({ state: 'sending', holder, sending_since: now(), attempts: sql<number>`attempts + 1` })
      .where('message_no', '=', no)
      .where('state', '=', 'queued')
      .where('next_at', '<=', now())
      .returningAll()
      .executeTakeFirst()
    return row ? claimedOf(row) : null
  }

  return {
    /** Clients whose first message may go now, those who wait longest first. */
    ready,
    /** The numbers of the first messages of a client, to be claimed in this order: whoever fails to has to look anew. */
    line,
    /** When it may go now and nobody else has it; everything before it in its line is delivered. */
    claim,

    /** The first messages of clients that may go now, several of a client among them, for whoever sends them in this order. */
    async claimAll(limit: number): Promise<Claimed[]> {
      const claimed: Claimed[] = []
      for (const clientId of await ready(limit)) {
        for (const no of await line(clientId, limit - claimed.length)) {
          const message = await claim(no)
          if (!message) break
          claimed.push(message)
        }
        if (claimed.length >= limit) break
      }
      return claimed
    },

    /** Delivered. False when it was taken from this holder. `noteId` is what WHMCS answered as its number. */
    done: (id: string, noteId: number | null = null): Promise<boolean> =>
      held(id, {
        state: 'done',
        next_at: null,
        ended_at: now(),
        may_have_arrived: false,
        failure: null,
        last_error: null,
        note_id: noteId === null ? null : BigInt(noteId),
      }),

    /** It goes again at its time. */
    retryAt: (id: string, at: Date, { failure, detail, mayHaveArrived }: Failed): Promise<boolean> =>
      held(id, { state: 'queued', next_at: at, failure, last_error: detail, ...arrivedOr(mayHaveArrived) }),

    /** It goes no more until somebody decides. */
    stop: (id: string, state: 'blocked' | 'unknown', { failure, detail, mayHaveArrived }: Failed): Promise<boolean> =>
      held(id, { state, next_at: null, failure, last_error: detail, ...arrivedOr(mayHaveArrived) }),

    /** Nothing has to be sent. */
    drop: (id: string, reason: string): Promise<boolean> =>
      held(id, { state: 'cancelled', next_at: null, ended_at: now(), decided_by: 'console', reason }),

    /**
     * What somebody claimed and never ended: a process that was killed, or a store that did not take the end. WHMCS may
     * have it. Other holders are given until `before`; `underWay` are this holder's own.
     */
    async recover(before: Date, underWay: ReadonlySet<string>): Promise<number> {
      const { rows } = await sql<{ id: string; holder: string; sending_since: Date }>`
        select id, holder, sending_since from whmcs_messages where ended_at is null and state = 'sending'`.execute(db)
      const lost = rows.filter((row) => (row.holder === holder ? !underWay.has(row.id) : row.sending_since < before))
      let recovered = 0
      for (const row of lost) {
        const { numUpdatedRows } = await db
          .updateTable('whmcs_messages')
          .set({ state: 'queued', next_at: now(), holder: null, may_have_arrived: true, last_error: CUT_OFF })
          .where('id', '=', row.id)
          .where('state', '=', 'sending')
          .where('holder', '=', row.holder)
          .executeTakeFirst()
        recovered += Number(numUpdatedRows)
      }
      return recovered
    },

    /** WHMCS answers again: what waited because it did not may go now. */
    async hasten(): Promise<number> {
      const { numUpdatedRows } = await db
        .updateTable('whmcs_messages')
        .set({ next_at: now() })
        .where('state', '=', 'queued')
        .where('failure', 'in', SILENT)
        .where('next_at', '>', now())
        .executeTakeFirst()
      return Number(numUpdatedRows)
    },

    /** The settings may have changed with the start of the process: what stopped everything is tried once more. */
    async restart(): Promise<void> {
      await db
        .updateTable('whmcs_messages')
        .set({ state: 'queued', next_at: now() })
        .where('state', '=', 'blocked')
        .where('failure', 'in', ABOUT_ALL)
        .execute()
    },

    async isStopped(): Promise<boolean> {
      const of = db.selectFrom('whmcs_messages').select('id').where('state', '=', 'blocked')
      return (await of.where('failure', 'in', ABOUT_ALL).limit(1).executeTakeFirst()) !== undefined
    },
  }
}

/** What an earlier try may have done stays so, whatever became of a later one. */
const arrivedOr = (mayHaveArrived: boolean) => (mayHaveArrived ? { may_have_arrived: true } : {})

const CUT_OFF = said`Whoever sent it ended before it was known whether it arrived`

const Stored: z.ZodType<Payload> = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['note.add', 'note.delete', 'activity.add', 'link.set']) }),
  z.object({
    kind: z.literal('usage.set'),
    serviceId: z.int(),
    diskMegabytes: z.number(),
    trafficMegabytes: z.number(),
  }),
  z.object({
    kind: z.literal('invoice.draft'),
    lines: z.array(z.object({ description: z.string(), amount: z.string() })),
  }),
])

const claimedOf = (row: MessageRow): Claimed => {
  const payload: unknown = row.payload === null ? {} : JSON.parse(row.payload)
  return {
    id: row.id,
    no: row.message_no,
    clientId: row.client_id,
    kind: row.kind,
    marker: row.marker,
    cluster: row.cluster_id,
    userId: row.user_id,
    keyId: row.key_id,
    text: row.body,
    payload: Stored.parse({ ...Object(payload), kind: row.kind }),
    attempts: row.attempts,
    mayHaveArrived: row.may_have_arrived,
  }
}
