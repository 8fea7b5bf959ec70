import type { Client, ClientPage, ListedClient } from '@ostor-console/shared/clients'
import { said } from '@ostor-console/shared/said'
import type { ClientLinks, SeenClient } from '../../adapters/store/client-links.ts'
import type { Messages } from '../../adapters/store/messages.ts'
import type { Whmcs } from '../../adapters/whmcs/whmcs.ts'
import type { Clusters } from '../../clusters.ts'
import { whmcsFailure } from '../../whmcs-failure.ts'
import { linksByClient } from './links-by-client.ts'

export type ClientPorts = {
  /** `null` where the API of WHMCS is not set up. */
  whmcs: Whmcs | null
  links: ClientLinks
  messages: Pick<Messages, 'undelivered' | 'notesOf'>
  clusters: Clusters
  /** Of the admin area of WHMCS, without a slash at its end. */
  adminUrl: string | null
  now: () => Date
}

type Status = 'active' | 'inactive' | 'closed'
export type ClientQuery = { search?: string | undefined; status?: Status | undefined; page?: number | undefined }
type Found = Pick<ClientPage, 'matching' | 'isFromCache' | 'freshness'> & { clients: Client[] }

const PAGE_SIZE = 50
export const NOT_SET_UP = said`The API of WHMCS is not set up here, so that only what was seen before is known.`

/** One page of clients: as WHMCS says, or, when it does not answer, of those that were seen before. */
export const listClients = async (ports: ClientPorts, query: ClientQuery): Promise<ClientPage> => {
  const page = query.page ?? 1
  const { clients, ...found } = await findClients(ports, { ...query, page })
  return { items: await listedClients(ports, clients), page, pageSize: PAGE_SIZE, ...found }
}

/** With the users and messages of all of them, in as many questions as for one. */
export const listedClients = async (ports: ClientPorts, clients: Client[]): Promise<ListedClient[]> => {
  const ids = clients.map(({ id }) => id)
  const [links, undelivered] = await Promise.all([ports.links.ofClients(ids), ports.messages.undelivered(ids)])
  const byClient = await linksByClient(ports.clusters, links)
  return clients.map((client) => ({
    ...client,
    links: byClient.get(client.id) ?? [],
    undelivered: undelivered.get(client.id) ?? 0,
  }))
}

type Asked = ClientQuery & { page: number }

const findClients = async (ports: ClientPorts, asked: Asked): Promise<Found> => {
  if (!ports.whmcs) return fromSeen(ports, asked, NOT_SET_UP)
  try {
    return await atWhmcs(ports, ports.whmcs, asked)
  } catch (error) {
    return fromSeen(
      ports,
      asked,
      `${whmcsFailure(error).message}: ${said`only clients that were seen before are found.`}`,
    )
  }
}

const atWhmcs = async ({ links, now }: ClientPorts, whmcs: Whmcs, asked: Asked): Promise<Found> => {
  const at = now()
  const { total, items } = await ask(whmcs, asked)
  await links.see(items, at)
  return {
    clients: items,
    matching: total,
    isFromCache: false,
    freshness: { asOf: at.toISOString(), staleReason: null },
  }
}

type Answer = { total: number; items: Client[] }

const ask = async (whmcs: Whmcs, { search = '', status, page }: Asked): Promise<Answer> => {
  const wanted = search.trim()
  const number = numberIn(wanted)
  const part = { start: (page - 1) * PAGE_SIZE, count: PAGE_SIZE, ...(status && { status }) }
  if (wanted === '') return whmcs.clients(part)
  if (number === null) return whmcs.clients({ ...part, search: wanted })
  const one = await whmcs.client({ id: number }).catch(nobody)
  const isMeant = one !== null && (status === undefined || one.status === status)
  // A company may begin with digits.
  if (!isMeant) return whmcs.clients({ ...part, search: wanted })
  return { total: 1, items: page === 1 ? [one] : [] }
}

/** `null` for what is no number of a client. */
const numberIn = (text: string): number | null => {
  const number = /^#?(\d{1,10})$/.exec(text)?.[1]
  return number !== undefined && Number(number) > 0 && Number(number) <= 2_147_483_647 ? Number(number) : null
}

const nobody = (error: unknown): null => {
  if (whmcsFailure(error).kind === 'not-found') return null
  throw error
}

const fromSeen = async ({ links, now }: ClientPorts, asked: Asked, staleReason: string): Promise<Found> => {
  const { search = '', status, page } = asked
  const { items, matching } = await links.search({ text: search.trim(), status, page, pageSize: PAGE_SIZE })
  // As old as the oldest that is shown.
  const asOf = items.reduce((oldest, { seenAt }) => (seenAt < oldest ? seenAt : oldest), now())
  return {
    clients: items.map(clientOf),
    matching,
    isFromCache: true,
    freshness: { asOf: asOf.toISOString(), staleReason },
  }
}

export const clientOf = ({ id, name, company, email, status, currency }: SeenClient): Client => ({
  id,
  name,
  company,
  email,
  status,
  currency,
})
