import type { AuditFields } from '@ostor-console/shared/audit-fields'
import type { Client } from '@ostor-console/shared/clients'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Audit } from '../../adapters/store/audit.ts'
import type { ClusterParts } from '../../clusters.ts'
import { knownClient } from './client-detail.ts'
import type { ClientPorts } from './client-list.ts'

export type LinkPorts = ClientPorts & { audit: Pick<Audit, 'record'> }
/** Who asks, and under which name, if they chose one. */
export type Asker = { actor: string; address: string; operationId?: string }

/** Says that a user belongs to a client. Throws `client-not-found`, `user-not-found` and `user-linked`; neither of the two is changed. */
export const linkClient = async (
  ports: LinkPorts,
  { cluster, gateway }: Pick<ClusterParts, 'cluster' | 'gateway'>,
  { clientId, userId }: { clientId: number; userId: string },
  by: Asker,
): Promise<void> => {
  const [{ client }, user] = await Promise.all([knownClient(ports, clientId), gateway.getUser(userId)])
  const taken = await ports.links.ofUser({ cluster: cluster.id, userId: user.id })
  if (taken)
    throw problem('user-linked', { detail: said`${user.email || user.id} belongs to the client ${taken.clientId}` })
  const entry = {
    ...by,
    outcome: 'done',
    cluster: cluster.id,
    action: 'client.link',
    target: user.email || user.id,
    userId: user.id,
    after: fieldsOf(clientId, client),
  } as const
  const link = { cluster: cluster.id, userId: user.id, clientId, email: user.email, by: by.actor }
  await ports.audit.record(entry, (tx) => ports.links.add(tx, link, ports.now()))
}

/** The link alone goes. Throws `link-not-found`. */
export const unlinkClient = async (
  { links, audit, now }: Pick<LinkPorts, 'links' | 'audit' | 'now'>,
  { cluster, userId, clientId }: { cluster: string; userId: string; clientId: number },
  by: Asker,
): Promise<void> => {
  const link = await links.ofUser({ cluster, userId })
  if (link?.clientId !== clientId) throw problem('link-not-found')
  const client = (await links.seen([clientId])).get(clientId)
  const entry = {
    ...by,
    outcome: 'done',
    cluster,
    action: 'client.unlink',
    target: link.linkedEmail || link.userId,
    userId: link.userId,
    before: fieldsOf(clientId, client),
  } as const
  await audit.record(entry, (tx) => links.remove(tx, { ...link, clientId }, now()))
}

/** What the audit says of a client. */
export const fieldsOf = (clientId: number, client?: Pick<Client, 'name' | 'company'>): AuditFields => {
  const name = client && (client.name || client.company)
  return { clientId: String(clientId), ...(name && { client: name }) }
}
