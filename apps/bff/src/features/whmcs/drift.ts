import { said } from '@ostor-console/shared/said'
import { whmcsRoutes } from '@ostor-console/shared/whmcs'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ClientLinks } from '../../adapters/store/client-links.ts'
import type { ClientStandings } from '../../adapters/store/client-standings.ts'
import type { Clusters } from '../../clusters.ts'
import { type ComparedCluster, findDrift } from './drift-findings.ts'

type Ports = {
  links: Pick<ClientLinks, 'all' | 'allSeen'>
  standings: Pick<ClientStandings, 'all' | 'last'>
  clusters: Clusters
}

/** What was last read from WHMCS, beside the links and the users of this moment, so that what was put right is gone from the list at once. */
export const drift: FastifyPluginAsyncZod<Ports> = async (app, { links, standings, clusters }) => {
  app.route({
    ...whmcsRoutes.drift,
    handler: async () => {
      const { asOf, clients: compared, failure } = await standings.last()
      if (asOf === null) return { asOf: null, staleReason: failure, items: [], compared: { clients: 0, users: 0 } }
      const [linked, clients, known, here] = await Promise.all([
        links.all(),
        links.allSeen(),
        standings.all(),
        usersOf(clusters),
      ])
      const unread = here.filter(({ users }) => users === null).map(({ name }) => name)
      const unreadReason = said`The users of ${unread.join(', ')} cannot be read, and are left out`
      return {
        asOf: asOf.toISOString(),
        staleReason:
          [failure, unread.length > 0 ? unreadReason : null].filter((reason) => reason !== null).join('. ') || null,
        items: findDrift({ links: linked, clients, standings: known, clusters: here }),
        compared: { clients: compared, users: here.reduce((sum, { users }) => sum + (users?.users.length ?? 0), 0) },
      }
    },
  })
}

const usersOf = ({ all }: Clusters): Promise<(ComparedCluster & { name: string })[]> =>
  Promise.all(
    all.map(async ({ cluster: { id, name }, ownUserId, directory }) => ({
      id,
      name,
      ownUserId,
      users: await directory.users().catch(() => null),
    })),
  )
