import type { Client } from '@ostor-console/shared/clients'
import { problem } from '@ostor-console/shared/problem'
import type { ClusterParts } from '../../clusters.ts'
import type { Writer } from '../../writing/writer.ts'
import { knownClient } from './client-detail.ts'
import type { ClientPorts } from './client-list.ts'

type Wanted = { clientId: number; userId: string; by: string }

/** Says that a user belongs to a client. Throws `client-not-found`, `user-not-found` and `user-linked`; neither of the two is changed. */
export const linkClient = async (
  ports: ClientPorts,
  { cluster, gateway }: Pick<ClusterParts, 'cluster' | 'gateway'>,
  { clientId, userId, by }: Wanted,
  writer: Writer,
): Promise<void> => {
  const [{ client }, user] = await Promise.all([knownClient(ports, clientId), gateway.getUser(userId)])
  const taken = await ports.links.ofUser({ cluster: cluster.id, userId: user.id })
  if (taken)
    throw problem('user-linked', { detail: `${user.email || user.id} belongs to the client ${taken.clientId}` })
  const entry = {
    cluster: cluster.id,
    action: 'client.link',
    target: user.email || user.id,
    userId: user.id,
    after: fieldsOf(clientId, client),
  } as const
  await writer.write(entry, () =>
    ports.links.add({ cluster: cluster.id, userId: user.id, clientId, email: user.email, by }, ports.now()),
  )
}

/** The link alone goes. Throws `link-not-found`. */
export const unlinkClient = async (
  { links, now }: Pick<ClientPorts, 'links' | 'now'>,
  { cluster, userId, clientId }: { cluster: string; userId: string; clientId: number },
  writer: Writer,
): Promise<void> => {
  const link = await links.ofUser({ cluster, userId })
  if (link?.clientId !== clientId) throw problem('link-not-found')
  const client = (await links.seen([clientId])).get(clientId)
  const entry = {
    cluster,
    action: 'client.unlink',
    target: link.linkedEmail || link.userId,
    userId: link.userId,
    before: fieldsOf(clientId, client),
  } as const
  await writer.write(entry, async () => {
    if (!(await links.remove({ ...link, clientId }, now()))) throw problem('link-not-found')
  })
}

/** What the audit says of a client. */
export const fieldsOf = (clientId: number, client?: Pick<Client, 'name' | 'company'>): Record<string, string> => {
  const name = client && (client.name || client.company)
  return { clientId: String(clientId), ...(name && { client: name }) }
}
