import type { Client } from '@ostor-console/shared/clients'
import type { Drift } from '@ostor-console/shared/whmcs'
import type { UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayUser } from '../../adapters/gateway/gateway.ts'
import type { Standing } from '../../adapters/store/client-standings.ts'

type ComparedLink = { cluster: string; userId: string; clientId: number; linkedEmail: string }
export type ComparedCluster = {
  id: string
  /** The user whose key the console itself has. */
  ownUserId: string
  /** `null` when they cannot be read. */
  users: Pick<UserSnapshot, 'users' | 'byId'> | null
}
/** As WHMCS told it last; `goneAt` is when it did not know it any more. */
type ComparedClient = Client & { goneAt: Date | null }
type Compared = {
  links: readonly ComparedLink[]
  clients: readonly ComparedClient[]
  standings: ReadonlyMap<number, Standing>
  clusters: readonly ComparedCluster[]
}

/** Where WHMCS and the gateways differ: what is wrong with each link, then the users without one. */
export const findDrift = ({ links, clients, standings, clusters }: Compared): Drift[] => {
  const byId = new Map(clients.map((client) => [client.id, client]))
  const places = new Map(clusters.map((cluster) => [cluster.id, cluster]))
  const ofLinks = links.flatMap((link) => {
    const users = places.get(link.cluster)?.users ?? null
    const at = { link, client: byId.get(link.clientId) ?? null, standing: standings.get(link.clientId) ?? null }
    return users ? ofLink(at, users.byId.get(link.userId) ?? null) : []
  })
  return [...ofLinks, ...unlinked({ links, clients, clusters })]
}

type At = { link: ComparedLink; client: ComparedClient | null; standing: Standing | null }

const ofLink = ({ link, client, standing }: At, user: GatewayUser | null): Drift[] => {
  const drift = (kind: Drift['kind'], suggestion: Drift['suggestion'], atWhmcs: string | null): Drift => ({
    kind,
    clientId: link.clientId,
    clientName: client && nameOf(client),
    cluster: link.cluster,
    userId: link.userId,
    atWhmcs,
    atGateway: user && standingOf(user),
    suggestion,
  })
  if (!user) return [drift('user-gone', 'unlink', client && `${client.email}, ${client.status}`)]
  const isEnabled = user.state === 'enabled'
  if (client?.goneAt) return [drift('client-gone', isEnabled ? 'disable-user' : 'unlink', null)]
  if (!client) return []
  const isClosed = client.status === 'closed' || client.status === 'inactive'
  const isSuspended = standing !== null && standing.services !== null
  return [
    ...(isClosed && isEnabled ? [drift('client-closed', 'disable-user', client.status)] : []),
    ...(isSuspended && isEnabled && !isClosed ? [drift('service-suspended', 'disable-user', standing.services)] : []),
    ...(hasOtherEmail(client, standing, user) ? [drift('email-changed', 'none', client.email)] : []),
  ]
}

/** A client with several users shares its e-mail with one of them at most, so that they differ is no news: that it changed is. */
const hasOtherEmail = ({ email }: Client, standing: Standing | null, user: GatewayUser): boolean =>
  standing !== null && !isSame(email, standing.email) && !isSame(email, user.email)

/** With the client of the same e-mail, where there is just one. */
const unlinked = ({ links, clients, clusters }: Pick<Compared, 'links' | 'clients' | 'clusters'>): Drift[] => {
  const linked = new Set(links.map(keyOf))
  const here = clients.filter(({ goneAt }) => goneAt === null)
  const byEmail = Map.groupBy(here, ({ email }) => email.toLowerCase())
  return clusters.flatMap(({ id: cluster, ownUserId, users }) =>
    (users?.users ?? []).flatMap((user): Drift[] => {
      if (user.flags.includes('system') || user.id === ownUserId) return []
      if (linked.has(keyOf({ cluster, userId: user.id }))) return []
      const same = user.email === '' ? [] : (byEmail.get(user.email.toLowerCase()) ?? [])
      const client = same.length === 1 ? same[0] : undefined
      return [
        {
          kind: 'user-unlinked',
          clientId: client?.id ?? null,
          clientName: client ? nameOf(client) : null,
          cluster,
          userId: user.id,
          atWhmcs: client ? `${client.email}, ${client.status}` : null,
          atGateway: standingOf(user),
          suggestion: 'relink',
        },
      ]
    }),
  )
}

export const nameOf = ({ name, company }: Pick<Client, 'name' | 'company'>): string => name || company

const standingOf = ({ email, id, state }: GatewayUser): string => `${email || id}, ${state}`
const keyOf = ({ cluster, userId }: Pick<ComparedLink, 'cluster' | 'userId'>): string => `${cluster} ${userId}`
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
