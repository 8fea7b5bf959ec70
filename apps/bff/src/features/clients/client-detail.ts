import type { Client, ClientDetail, ClientService } from '@ostor-console/shared/clients'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { WhmcsError } from '../../adapters/whmcs/whmcs.ts'
import { whmcsFailure } from '../../whmcs-failure.ts'
import { type ClientPorts, clientOf, listedClients, NOT_SET_UP } from './client-list.ts'

/** What is known of a client, and since when. */
type Known = { client: Client; asOf: Date; staleReason: string | null }

/** A client as WHMCS says at this moment or, when it does not answer, as it was seen before. Throws `client-not-found` and `whmcs-unavailable`. */
export const clientDetail = async (ports: ClientPorts, clientId: number): Promise<ClientDetail> => {
  const [known, services, notes] = await Promise.all([
    knownClient(ports, clientId),
    servicesOf(ports, clientId),
    ports.messages.notesOf(clientId),
  ])
  const { client, asOf, staleReason } = known
  const [listed] = await listedClients(ports, [client])
  if (!listed) throw problem('client-not-found')
  return {
    ...listed,
    whmcsUrl: ports.adminUrl && `${ports.adminUrl}/clientssummary.php?userid=${clientId}`,
    services: staleReason === null ? services : null,
    notes,
    freshness: { asOf: asOf.toISOString(), staleReason },
  }
}

export const knownClient = async ({ whmcs, links, now }: ClientPorts, clientId: number): Promise<Known> => {
  const asOf = now()
  try {
    if (!whmcs) return await seenBefore(NOT_SET_UP)
    const client = await whmcs.client({ id: clientId })
    await links.see([client], asOf)
    return { client, asOf, staleReason: null }
  } catch (error) {
    const failure = whmcsFailure(error)
    if (failure.kind !== 'not-found') return seenBefore(failure.message, failure)
    await links.lose(clientId, asOf)
    return seenBefore(GONE, failure)
  }

  async function seenBefore(staleReason: string, cause?: WhmcsError): Promise<Known> {
    const before = (await links.seen([clientId])).get(clientId)
    if (before) return { client: clientOf(before), asOf: before.seenAt, staleReason }
    if (!cause || cause.kind === 'not-found') throw problem('client-not-found', { detail: nobodyOf(clientId) })
    const detail = `${cause.message}. ${said`The client ${clientId} was not seen here before. Try again later.`}`
    throw problem('whmcs-unavailable', { detail }, { cause })
  }
}

const GONE = said`WHMCS has no client of this number any more`
const nobodyOf = (clientId: number): string => said`WHMCS has no client ${clientId}, as far as the console knows.`

const servicesOf = async ({ whmcs }: ClientPorts, clientId: number): Promise<ClientService[] | null> => {
  if (!whmcs) return null
  try {
    return await whmcs.services(clientId)
  } catch (error) {
    whmcsFailure(error)
    return null
  }
}
