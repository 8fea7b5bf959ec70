import { type Kysely, type RawBuilder, sql } from 'kysely'
import * as z from 'zod'
import type { InvoiceLine } from '../whmcs/whmcs.ts'
import { addMessages, type NewMessage } from './message-writing.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { whmcsFacts } from './whmcs-facts.ts'

/** Figures of a service at WHMCS, in megabytes of 2^20 bytes. */
const Usage = z.object({ serviceId: z.int(), diskMegabytes: z.int(), trafficMegabytes: z.int() })
export type UsagePush = z.infer<typeof Usage> & { clientId: number; text: string }
export type InvoicePush = { clientId: number; text: string; lines: InvoiceLine[] }
export type PushRow = { clientId: number; kind: 'usage' | 'invoice'; messageId: string; at: Date; by: string }
export type PushStore = ReturnType<typeof pushesOf>

/** `other`: nothing was, because WHMCS would charge twice: it was told the other way, of `month` where that is another one. */
export type Handed =
  | { told: 'queued' | 'before' }
  | { other: Pick<PushRow, 'kind' | 'at' | 'by'> & { month?: string | undefined } }
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

  /** Hands the invoice of a client over, unless that was done before, for the month, by whomever. */
  invoice: (asked: Asked, { clientId, ...invoice }: InvoicePush): Promise<Handed> =>
    transaction(async (tx) => {
      const before = await handedBefore(tx, asked.month, clientId)
      if (before.some(({ kind }) => kind === 'invoice')) return { told: 'before' }
      const usage = before.find(({ kind, payload }) => kind === 'usage' && !isNothing(payload))
      if (usage) return { other: usage }
      const stands = await standingUsage(tx, clientId)
      if (stands) return { other: stands }
      await tx
        .deleteFrom('billing_pushes')
        .where('month', '=', asked.month)
        .where('client_id', '=', clientId)
        .where('kind', '=', 'invoice')
        .execute()
      await add(tx, asked, { kind: 'invoice.draft', mark: 'i', clientId, ...invoice })
      return { told: 'queued' }
    }),

  /** Hands the usage over, unless WHMCS was, or is to be, told the same last. */
  usage: (asked: Asked, { text, clientId, ...usage }: UsagePush): Promise<Handed> =>
    transaction(async (tx) => {
      const before = await handedBefore(tx, asked.month, clientId)
      const invoice = before.find(({ kind }) => kind === 'invoice')
      if (invoice && (usage.diskMegabytes > 0 || usage.trafficMegabytes > 0)) return { other: invoice }
      const last = await lastUsage(tx, clientId, sql`state <> 'cancelled'`)
      if (!last || !isSame(last.usage, usage)) {
        await add(tx, asked, { kind: 'usage.set', clientId, text, ...usage })
        return { told: 'queued' }
      }
      // The same figures as of another month: that this month was told by them has to be known, too.
      if (!before.some(({ kind }) => kind === 'usage')) await keep(tx, asked, clientId, 'usage', last.id)
      return { told: 'before' }
    }),

  async services(clientIds: readonly number[]): Promise<Map<number, number>> {
    if (clientIds.length === 0) return new Map()
    const rows = await db.selectFrom('billing_services').selectAll().where('client_id', 'in', clientIds).execute()
    return new Map(rows.map(({ client_id, service_id }) => [client_id, service_id]))
  },

  /**
   * `null` takes it away. A service that WHMCS was told usage of is told 0, or WHMCS would go on charging what it was told
   * last. Answers whether it is.
   */
  setService: (clientId: number, serviceId: number | null, at: Date): Promise<boolean> =>
    transaction(async (tx) => {
      const services = tx.selectFrom('billing_services').selectAll().where('client_id', '=', clientId)
      const former = (await services.executeTakeFirst())?.service_id ?? null
      if (serviceId === null) await tx.deleteFrom('billing_services').where('client_id', '=', clientId).execute()
      else
        await tx
          .insertInto('billing_services')
          .values({ client_id: clientId, service_id: serviceId })
          .onConflict((of) => of.column('client_id').doUpdateSet({ service_id: serviceId }))
          .execute()
      if (former === null || former === serviceId || (await whmcsFacts(tx)).mode === 'off') return false
      const last = await lastUsage(tx, clientId, sql`(state <> 'cancelled' or may_have_arrived)`)
      if (last?.usage.serviceId !== former || isNone(last.usage)) return false
      const text = `Usage of service ${former} ends: 0 MB stored, 0 MB out`
      const none = { serviceId: former, diskMegabytes: 0, trafficMegabytes: 0 }
      await addMessages(tx, [{ kind: 'usage.set', clientId, text, ...none }], at)
      return true
    }),
})

type Figures = z.infer<typeof Usage>

const isSame = (a: Figures, b: Figures): boolean =>
  a.serviceId === b.serviceId && a.diskMegabytes === b.diskMegabytes && a.trafficMegabytes === b.trafficMegabytes

const isNone = ({ diskMegabytes, trafficMegabytes }: Figures): boolean => diskMegabytes === 0 && trafficMegabytes === 0
const isNothing = (payload: string | null): boolean => payload !== null && isNone(Usage.parse(JSON.parse(payload)))

/** What WHMCS was told of the usage of a client last. */
const lastUsage = async (tx: Kysely<Schema>, clientId: number, which: RawBuilder<boolean>) => {
  const row = await tx
    .selectFrom('whmcs_messages')
    .select(['id', 'payload'])
    .where('client_id', '=', clientId)
    .where('kind', '=', 'usage.set')
    .where(which)
    .orderBy('message_no', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.payload ? { id: row.id, usage: Usage.parse(JSON.parse(row.payload)) } : null
}

/** Usage that WHMCS goes on charging, of whichever month it was: what it was, or may have been, told last, unless that was 0. */
const standingUsage = async (tx: Kysely<Schema>, clientId: number) => {
  const last = await lastUsage(tx, clientId, sql`(state <> 'cancelled' or may_have_arrived)`)
  if (last === null || isNone(last.usage)) return null
  const row = await tx
    .selectFrom('billing_pushes')
    .select(['kind', 'month', 'pushed_at as at', 'pushed_by as by'])
    .where('message_id', '=', last.id)
    .orderBy('month', 'desc')
    .executeTakeFirst()
  return row ?? null
}

/**
 * What was handed over for a client and month: the last of each kind. Only what somebody cancelled before it was ever sent
 * surely did nothing, and is left out.
 */
const handedBefore = async (tx: Kysely<Schema>, month: string, clientId: number) => {
  const rows = await tx
    .selectFrom('billing_pushes as p')
    .innerJoin('whmcs_messages as m', 'm.id', 'p.message_id')
    .select(['p.kind', 'p.pushed_at as at', 'p.pushed_by as by', 'm.payload', 'm.state', 'm.may_have_arrived'])
    .where('p.month', '=', month)
    .where('p.client_id', '=', clientId)
    .orderBy('m.message_no', 'desc')
    .execute()
  const stand = rows.filter((row) => row.state !== 'cancelled' || row.may_have_arrived)
  return stand.filter(({ kind }, index) => stand.findIndex((each) => each.kind === kind) === index)
}

const add = async (tx: Kysely<Schema>, asked: Asked, message: NewMessage): Promise<void> => {
  const [messageId = ''] = await addMessages(tx, [message], asked.at)
  await keep(tx, asked, message.clientId, message.kind === 'invoice.draft' ? 'invoice' : 'usage', messageId)
}

const keep = async (
  tx: Kysely<Schema>,
  { month, by, at }: Asked,
  clientId: number,
  kind: PushRow['kind'],
  messageId: string,
): Promise<void> => {
  const row = { month, client_id: clientId, kind, message_id: messageId, pushed_at: at, pushed_by: by }
  await tx.insertInto('billing_pushes').values(row).execute()
}
