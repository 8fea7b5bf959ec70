import { saveWhmcsFacts } from '../src/adapters/store/whmcs-facts.ts'
import { CLUSTER, fillTwoMonths, NOW, PLAN, USERS } from './billed-months.ts'
import { world } from './world.ts'

export const MONTHS = '/api/v1/billing/months'

/** A console with two months of usage and a plan, and no month closed. */
export const billed = async (options: Parameters<typeof world>[0] = {}) => {
  const here = await world({ now: () => new Date(NOW), simulator: { collectStatistics: false, days: 0 }, ...options })
  await here.store.db.deleteFrom('storage_runs').execute()
  await fillTwoMonths(here.store)
  const made = await here.admin('POST', '/api/v1/billing/plans', PLAN)
  if (made.statusCode !== 201) throw new Error(made.body)
  const close = (month: string, body: object = {}) =>
    here.admin('POST', `${MONTHS}/${month}/close`, { confirmMonth: month, ...body })
  return { ...here, close }
}

/** The first two users belong to a client that WHMCS knows. */
export const linked = async (options: Parameters<typeof world>[0] = {}) => {
  const here = await billed({ config: { whmcs: { usagePush: 'product' } }, ...options })
  const { db } = here.store
  await saveWhmcsFacts(here.store, { mode: 'append', linkFieldId: null })
  const at = new Date(NOW)
  const link = { cluster_id: CLUSTER, linked_email: 'a@example.com', linked_at: at, linked_by: 'ada', client_id: 42 }
  const span = { cluster_id: CLUSTER, client_id: 42, since: at, until: null }
  const told = { status: 'active', seen_at: at, gone_at: null } as const
  await db
    .insertInto('client_links')
    .values(USERS.slice(0, 2).map((user_id) => ({ ...link, user_id })))
    .execute()
  await db
    .insertInto('client_link_spans')
    .values(USERS.slice(0, 2).map((user_id) => ({ ...span, user_id })))
    .execute()
  await db
    .insertInto('whmcs_clients')
    .values({ client_id: 42, name: 'Ann', company: '=cmd|ACME', email: 'a@example.com', currency: 'EUR', ...told })
    .execute()
  const messages = () => db.selectFrom('whmcs_messages').selectAll().orderBy('message_no').execute()
  const push = (month: string, kind: 'usage' | 'invoice') => here.admin('POST', `${MONTHS}/${month}/push`, { kind })
  return { ...here, messages, push }
}
