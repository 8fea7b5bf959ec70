import { auditRoutes } from '@ostor-console/shared/audit'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Clusters } from '../../clusters.ts'

const ROWS = 50

export const audit: FastifyPluginAsyncZod<{ audit: Audit; clusters: Clusters }> = async (app, { audit, clusters }) => {
  app.route({
    ...auditRoutes.list,
    handler: (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const { limit = ROWS, ...filter } = request.query
      return audit.list({ ...filter, cluster: cluster.id, limit })
    },
  })
}
