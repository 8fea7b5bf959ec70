import { type Kysely, sql } from 'kysely'
import * as z from 'zod'
import type { InvoiceLine } from '../whmcs/whmcs.ts'
import { addMessages, type NewMessage } from './message-writing.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/** Figures of a service at WHMCS, in megabytes of 2^20 bytes. */
const Usage = z.object({ serviceId: z.int(), diskMegabytes: z.int(), trafficMegabytes: z.int() })
export type UsagePush = z.infer<typeof Usage> & { clientId: number; text: string }
export type InvoicePush = { clientId: number; text: string; lines: InvoiceLine[] }
export type PushRow = { clientId: number; kind: 'usage' | 'invoice'; messageId: string; at: Date; by: string }
export type PushStore = ReturnType<typeof pushesOf>

type Asked = { month: string; by: string; at: Date }

/** What was handed to the queue of messages to WHMCS, always in the transaction that writes the message. */
export const pushesOf = ({ db, transaction }: Pick<Store, 'db' | 'transaction'>) => ({
  async ofMonth(month: string, clientId?: number): Promise<PushRow[]> {
    const rows = await db
      .selectFrom('billing_pushes')
      .selectAll()
      .where('month', '=', month)
      .$if(clientId !== undefined, (query) => query.where('client_id', '=', clientId ?? 0))
      .orderBy('pushed_at', 'desc')
      .limit(10_000)
      .execute()
    return rows.map((row) => ({
      clientId: row.client_id,
      kind: row.kind,
      messageId: row.message_id,
      at: row.pushed_at,
      by: row.pushed_by,
    }))
  },

  /** How many clients an invoice was handed over for. */
  async invoiced(month: string): Promise<number> {
    const of = db.selectFrom('billing_pushes').where('month', '=', month).where('kind', '=', 'invoice')
    const row = await of.select(({ fn }) => fn.count('client_id').distinct().as('clients')).executeTakeFirst()
    return Number(row?.clients ?? 0)
  },

  /** Clients that have a service for their usage, or whose usage was ever handed over, by their ids. */
  async withUsage(): Promise<number[]> {
    const { rows } = await sql<{ client_id: number }>`
      select client_id from billing_services union select client_id from billing_pushes where kind = 'usage'
      order by client_id`.execute(db)
    return rows.map(({ client_id }) => client_id)
  },

  /** Whether the invoice of a client was handed over now; not when it was before, for the month, by whomever. */
  invoice: (asked: Asked, { clientId, ...invoice }: InvoicePush): Promise<boolean> =>
    transaction(async (tx) => {
      const before = await tx
        .selectFrom('billing_pushes as p')
        .innerJoin('whmcs_messages as m', 'm.id', 'p.message_id')
        .select(['m.state', 'm.may_have_arrived'])
        .where('p.month', '=', asked.month)
        .where('p.client_id', '=', clientId)
        .where('p.kind', '=', 'invoice')
        .executeTakeFirst()
      // Only what somebody cancelled before it was ever sent was surely not drafted.
      if (before && (before.state !== 'cancelled' || before.may_have_arrived)) return false
      if (before)
        await tx
          .deleteFrom('billing_pushes')
          .where('month', '=', asked.month)
          .where('client_id', '=', clientId)
          .where('kind', '=', 'invoice')
          .execute()
      await add(tx, asked, { kind: 'invoice.draft', mark: 'i', clientId, ...invoice })
      return true
    }),

  /** Whether the usage was handed over now; not when WHMCS was, or is to be, told the same last. */
  usage: (asked: Asked, { text, clientId, ...usage }: UsagePush): Promise<boolean> =>
    transaction(async (tx) => {
      const last = await tx
        .selectFrom('whmcs_messages')
        .select('payload')
        .where('client_id', '=', clientId)
        .where('kind', '=', 'usage.set')
        .where('state', '!=', 'cancelled')
        .orderBy('message_no', 'desc')
        .limit(1)
        .executeTakeFirst()
      if (last?.payload && isSame(Usage.parse(JSON.parse(last.payload)), usage)) return false
      await add(tx, asked, { kind: 'usage.set', clientId, text, ...usage })
      return true
    }),

  async services(clientIds: readonly number[]): Promise<Map<number, number>> {
    if (clientIds.length === 0) return new Map()
    const rows = await db.selectFrom('billing_services').selectAll().where('client_id', 'in', clientIds).execute()
    return new Map(rows.map(({ client_id, service_id }) => [client_id, service_id]))
  },

  /** `null` takes it away. */
  setService: (clientId: number, serviceId: number | null): Promise<void> =>
    transaction(async (tx) => {
      if (serviceId === null) {
        await tx.deleteFrom('billing_services').where('client_id', '=', clientId).execute()
        return
      }
      await tx
        .insertInto('billing_services')
        .values({ client_id: clientId, service_id: serviceId })
        .onConflict((of) => of.column('client_id').doUpdateSet({ service_id: serviceId }))
        .execute()
    }),
})

type Figures = z.infer<typeof Usage>

const isSame = (a: Figures, b: Figures): boolean =>
  a.serviceId === b.serviceId && a.diskMegabytes === b.diskMegabytes && a.trafficMegabytes === b.trafficMegabytes

const add = async (tx: Kysely<Schema>, { month, by, at }: Asked, message: NewMessage): Promise<void> => {
  const [messageId = ''] = await addMessages(tx, [message], at)
  const kind = message.kind === 'invoice.draft' ? 'invoice' : 'usage'
  const row = { month, client_id: message.clientId, kind, message_id: messageId, pushed_at: at, pushed_by: by } as const
  await tx.insertInto('billing_pushes').values(row).execute()
}
