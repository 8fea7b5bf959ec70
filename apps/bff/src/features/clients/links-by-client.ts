import type { ClientLink } from '@ostor-console/shared/clients'
import type { LinkRecord } from '../../adapters/store/client-links.ts'
import type { Clusters } from '../../clusters.ts'
import { soon } from '../../lists/soon.ts'

const PATIENCE_MS = 1000

/** Links with what their users are called now, by the cached lists; a list that fails or takes long leaves that unknown. */
export const linksByClient = async (
  clusters: Clusters,
  links: readonly LinkRecord[],
): Promise<Map<number, ClientLink[]>> => {
  const named = new Set(links.map(({ cluster }) => cluster))
  const here = clusters.all.filter(({ cluster }) => named.has(cluster.id))
  const lists = new Map(
    await Promise.all(
      here.map(async ({ cluster, directory }) => [cluster.id, await soon(directory.users(), PATIENCE_MS)] as const),
    ),
  )
  const byClient = new Map<number, ClientLink[]>()
  for (const { clientId, cluster, userId, linkedEmail, linkedAt, linkedBy } of links) {
    const users = lists.get(cluster)
    const link: ClientLink = {
      cluster,
      userId,
      linkedEmail,
      ...(users && { email: users.byId.get(userId)?.email ?? null }),
      linkedAt: linkedAt.toISOString(),
      linkedBy,
    }
    byClient.set(clientId, [...(byClient.get(clientId) ?? []), link])
  }
  return byClient
}
