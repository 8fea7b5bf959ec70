import type { Client, ClientStatus } from '@ostor-console/shared/clients'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type Kysely, type Selectable, sql } from 'kysely'
import { addMessages } from './message-writing.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { whmcsFacts } from './whmcs-facts.ts'

/** An S3 user that belongs to a client of WHMCS. */
export type LinkRecord = {
  cluster: string
  userId: string
  clientId: number
  linkedEmail: string
  linkedAt: Date
  linkedBy: string
}
type UserOf = Pick<LinkRecord, 'cluster' | 'userId'>
export type NewLink = UserOf & { clientId: number; email: string; by: string }

/** A client as WHMCS told it last; `goneAt` once WHMCS did not know it any more. */
export type SeenClient = Client & { seenAt: Date; goneAt: Date | null }

export type ClientSearch = {
  /** A number, or the start of first or last name, company or e-mail, in any letter case. */
  text?: string | undefined
  status?: Exclude<ClientStatus, 'unknown'> | undefined
  page: number
  pageSize: number
}

export type ClientLinks = ReturnType<typeof clientLinksOf>

/** Which S3 user belongs to which client, and the clients that WHMCS told of, each with the time. */
export const clientLinksOf = ({ db }: Pick<Store, 'db'>) => ({
  async ofUser({ cluster, userId }: UserOf): Promise<LinkRecord | null> {
    const row = await linkRow(db, cluster, userId)
    return row ? linkOf(row) : null
  },

  /** Of one client, or of several; in the order in which they were linked. */
  async ofClients(clientIds: readonly number[]): Promise<LinkRecord[]> {
    if (clientIds.length === 0) return []
    const of = db.selectFrom('client_links').selectAll().where('client_id', 'in', clientIds)
    return (await of.orderBy('linked_at').orderBy('user_id').execute()).map(linkOf)
  },

  /** Of all clients, by client. */
  async all(): Promise<LinkRecord[]> {
    const of = db.selectFrom('client_links').selectAll().orderBy('client_id').orderBy('linked_at').orderBy('user_id')
    return (await of.execute()).map(linkOf)
  },

  /** In the transaction of the entry that says so. Throws `user-linked` when the user belongs to a client already, to this one too. */
  async add(tx: Kysely<Schema>, link: NewLink, at: Date): Promise<void> {
    const taken = await linkRow(tx, link.cluster, link.userId)
    if (taken) throw problem('user-linked', { detail: said`The user belongs to client ${taken.client_id}` })
    await addLink(tx, link, at)
  },

  /** In the transaction of the entry that says so. Throws `link-not-found`. */
  async remove(
    tx: Kysely<Schema>,
    { cluster, userId, clientId }: UserOf & { clientId: number },
    at: Date,
  ): Promise<void> {
    const link = await tx
      .deleteFrom('client_links')
      .where('cluster_id', '=', cluster)
      .where('user_id', '=', userId)
      .where('client_id', '=', clientId)
      .returning('linked_at')
      .executeTakeFirst()
    if (!link) throw problem('link-not-found')
    await endSpan(tx, { cluster, userId, clientId }, { since: link.linked_at, until: at })
    await mirror(tx, { cluster, userId, clientId }, at)
  },

  /** Keeps what WHMCS told of clients, each once. Its lists do not tell the currency, which is kept then. */
  async see(clients: readonly Client[], at: Date): Promise<void> {
    if (clients.length === 0) return
    const rows = clients
      .map(({ id: client_id, ...told }) => ({ client_id, ...told, seen_at: at, gone_at: null }))
      // Two that keep the same clients in the same order do not wait for each other in a ring.
      .toSorted((a, b) => a.client_id - b.client_id)
    await db
      .insertInto('whmcs_clients')
      .values(rows)
      .onConflict((of) =>
        of.column('client_id').doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          company: eb.ref('excluded.company'),
          email: eb.ref('excluded.email'),
          status: eb.ref('excluded.status'),
          currency: eb.fn.coalesce('excluded.currency', 'whmcs_clients.currency'),
          seen_at: eb.ref('excluded.seen_at'),
          gone_at: null,
        })),
      )
      .execute()
  },

  /** WHMCS does not know the client any more; what it told of it before is kept. */
  async lose(clientId: number, at: Date): Promise<void> {
    const of = db.updateTable('whmcs_clients').set({ seen_at: at, gone_at: sql`coalesce(gone_at, ${at})` })
    await of.where('client_id', '=', clientId).execute()
  },

  async seen(clientIds: readonly number[]): Promise<Map<number, SeenClient>> {
    if (clientIds.length === 0) return new Map()
    const rows = await db.selectFrom('whmcs_clients').selectAll().where('client_id', 'in', clientIds).execute()
    return new Map(rows.map((row) => [row.client_id, clientOf(row)]))
  },

  /** Every client that WHMCS told of. */
  async allSeen(): Promise<SeenClient[]> {
    return (await db.selectFrom('whmcs_clients').selectAll().orderBy('client_id').execute()).map(clientOf)
  },

  /** Clients that WHMCS told of before, by name. */
  async search({ text = '', status, page, pageSize }: ClientSearch) {
    const start = `${text.toLowerCase().replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`
    const matching = sql<boolean>`(${text} = '' or cast(client_id as text) = ${text} or lower(name) like ${start} escape '\\'
      or lower(name) like ${`% ${start}`} escape '\\' or lower(company) like ${start} escape '\\' or lower(email) like ${start} escape '\\')`
    const of = db
      .selectFrom('whmcs_clients')
      .where(matching)
      .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'active'))
    const rows = await of
      .selectAll()
      .orderBy(sql`lower(name)`)
      .orderBy('client_id')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute()
    const { all } = await of.select(({ fn }) => fn.countAll().as('all')).executeTakeFirstOrThrow()
    return { items: rows.map(clientOf), matching: Number(all) }
  },
})

type LinkRow = Selectable<Schema['client_links']>

/** In any letter case, as the gateway takes ids. */
export const linkRow = (db: Kysely<Schema>, cluster: string, userId: string): Promise<LinkRow | undefined> =>
  db
    .selectFrom('client_links')
    .selectAll()
    .where('cluster_id', '=', cluster)
    .where(sql<boolean>`lower(user_id) = ${userId.toLowerCase()}`)
    .executeTakeFirst()

/** In the transaction of what makes it true; nobody has the user yet. */
export const addLink = async (tx: Kysely<Schema>, link: NewLink, at: Date): Promise<LinkRow> => {
  const { cluster, userId, clientId, email, by } = link
  const row = {
    cluster_id: cluster,
    user_id: userId,
    client_id: clientId,
    linked_email: email,
    linked_at: at,
    linked_by: by,
  }
  await tx.insertInto('client_links').values(row).execute()
  const span = { cluster_id: cluster, user_id: userId, client_id: clientId, since: at, until: null }
  await tx.insertInto('client_link_spans').values(span).execute()
  await mirror(tx, link, at)
  return row
}

/** The link goes, and that it was there stays: months are billed by it. */
const endSpan = async (
  tx: Kysely<Schema>,
  { cluster, userId, clientId }: UserOf & { clientId: number },
  { since, until }: { since: Date; until: Date },
) => {
  const { numUpdatedRows } = await tx
    .updateTable('client_link_spans')
    .set({ until })
    .where('cluster_id', '=', cluster)
    .where('user_id', '=', userId)
    .where('until', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return
  // The store was restored from a backup of an older console, which kept links without their history.
  const span = { cluster_id: cluster, user_id: userId, client_id: clientId, since, until }
  await tx.insertInto('client_link_spans').values(span).execute()
}

/** Where the settings name a field of the client, it holds the ids of the client's users. */
const mirror = async (tx: Kysely<Schema>, { cluster, userId, clientId }: UserOf & { clientId: number }, at: Date) => {
  const { mode, linkFieldId } = await whmcsFacts(tx)
  if (mode === 'off' || linkFieldId === null) return
  const text = 'The field of the client with the ids of its S3 users is set anew'
  await addMessages(tx, [{ kind: 'link.set', clientId, text, cluster, userId }], at)
}

const linkOf = (row: LinkRow): LinkRecord => ({
  cluster: row.cluster_id,
  userId: row.user_id,
  clientId: row.client_id,
  linkedEmail: row.linked_email,
  linkedAt: row.linked_at,
  linkedBy: row.linked_by,
})

const clientOf = (row: Selectable<Schema['whmcs_clients']>): SeenClient => ({
  id: row.client_id,
  name: row.name,
  company: row.company,
  email: row.email,
  status: row.status,
  currency: row.currency,
  seenAt: row.seen_at,
  goneAt: row.gone_at,
})
