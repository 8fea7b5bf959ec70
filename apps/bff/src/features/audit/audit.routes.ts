import { auditRoutes } from '@ostor-console/shared/audit'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Clusters } from '../../clusters.ts'

const ROWS = 50

export const audit: FastifyPluginAsyncZod<{ audit: Audit; clusters: Clusters }> = async (app, ports) => {
  app.route({
    ...auditRoutes.list,
    handler: (request) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      const { limit = ROWS, from, to, ...filter } = request.query
      const span = { ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) }
      return ports.audit.list({ ...filter, ...span, cluster: cluster.id, limit })
    },
  })
}
