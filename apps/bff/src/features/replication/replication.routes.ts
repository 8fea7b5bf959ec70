import { replicationRoutes } from '@ostor-console/shared/replication'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Clusters } from '../../clusters.ts'

type Options = { clusters: Clusters; now: () => Date }

export const replication: FastifyPluginAsyncZod<Options> = async (app, { clusters, now }) => {
  app.route({
    ...replicationRoutes.read,
    handler: async (request) => {
      const { cluster, bucket } = request.params
      const readAt = now().toISOString()
      return { ...(await clusters.get(cluster).gateway.getReplication(bucket)), readAt }
    },
  })
}
