import { type ClusterHealth, type Connection, clusterRoutes } from '@ostor-console/shared/cluster'
import { dialectRoutes } from '@ostor-console/shared/dialect'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ClusterParts, Clusters } from '../../clusters.ts'

/** When nothing else has asked the gateway for so long, whoever looks at its state lets it be asked. */
const STALE_MS = 15_000

/** A store that does not answer takes its figure away, not the state of the gateway. */
const healthOf = async (connection: Connection, { collector }: ClusterParts): Promise<ClusterHealth> => {
  const usage = await collector.status().catch(() => null)
  return { ...connection, ...(usage && { collectedAt: usage.collectedAt }) }
}

export const clusters: FastifyPluginAsyncZod<{ clusters: Clusters; now: () => Date }> = async (app, ports) => {
  const { now } = ports
  app.route({ ...clusterRoutes.list, handler: async () => ports.clusters.all.map(({ cluster }) => cluster) })

  app.route({
    ...clusterRoutes.connection,
    handler: async (request) => {
      const parts = ports.clusters.get(request.params.cluster)
      const { connection } = parts
      const state = connection.state()
      if (now().getTime() - Date.parse(state.checkedAt) > STALE_MS) {
        // The answer does not wait for a gateway that may be silent; the next one tells.
        connection.check().catch((err: unknown) => request.log.error({ err }, 'the gateway could not be asked'))
      }
      return healthOf(state, parts)
    },
  })

  app.route({
    ...dialectRoutes.read,
    handler: async (request) => ports.clusters.get(request.params.cluster).gateway.dialect(),
  })

  app.route({
    ...clusterRoutes.checkConnection,
    handler: async (request) => {
      const parts = ports.clusters.get(request.params.cluster)
      const connection = await parts.connection.check()
      request.log.info({ cluster: request.params.cluster, state: connection.state }, 'connection checked')
      return healthOf(connection, parts)
    },
  })
}
