import { clusterRoutes } from '@ostor-console/shared/cluster'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Clusters } from '../../clusters.ts'

export const clusters: FastifyPluginAsyncZod<{ clusters: Clusters }> = async (app, ports) => {
  app.route({ ...clusterRoutes.list, handler: async () => ports.clusters.all.map(({ cluster }) => cluster) })

  app.route({
    ...clusterRoutes.connection,
    handler: async (request) => ports.clusters.get(request.params.cluster).connection.state(),
  })

  app.route({
    ...clusterRoutes.checkConnection,
    handler: (request) => ports.clusters.get(request.params.cluster).connection.check(),
  })
}
