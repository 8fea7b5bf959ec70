import { Readable } from 'node:stream'
import { auditRoutes } from '@ostor-console/shared/audit'
import { problem } from '@ostor-console/shared/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Clusters } from '../../clusters.ts'
import { eventsOf } from './events.ts'

const ROWS = 50
const WEEK_MS = 7 * 86_400_000

type Options = { audit: Audit; clusters: Clusters; now: () => Date }

export const audit: FastifyPluginAsyncZod<Options> = async (app, ports) => {
  app.route({
    ...auditRoutes.list,
    handler: (request) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      const { limit = ROWS, from, to, ...filter } = request.query
      const span = { ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) }
      return ports.audit.list({ ...filter, ...span, cluster: cluster.id, limit })
    },
  })

  app.route({
    ...auditRoutes.read,
    handler: async (request) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      const entry = await ports.audit.find(cluster.id, request.params.operationId)
      if (entry === null) throw problem('operation-not-found')
      return entry
    },
  })

  app.route({
    ...auditRoutes.operations,
    handler: (request) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      return ports.audit.operations(cluster.id, new Date(ports.now().getTime() - WEEK_MS))
    },
  })

  app.route({
    ...auditRoutes.watch,
    handler: async (request, reply) => {
      ports.clusters.get(request.params.cluster)
      reply.type('text/event-stream').header('x-accel-buffering', 'no')
      return Readable.from(eventsOf({ version: () => ports.audit.lastSeq(), isOver: () => app.draining() }))
    },
  })
}
