import { Readable } from 'node:stream'
import { asOfRoutes } from '@ostor-console/shared/as-of'
import { actionsOf, auditRoutes } from '@ostor-console/shared/audit'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { AuditFilter } from '../../adapters/store/audit-page.ts'
import type { UserHistory } from '../../adapters/store/user-history.ts'
import type { Clusters } from '../../clusters.ts'
import { valuesAsOf } from './as-of.ts'
import { eventsOf } from './events.ts'
import { exportOf, fileNameOf, TYPES } from './export.ts'
import { newestFor } from './newest.ts'

const ROWS = 50
const EXPORT_MS = 3_600_000
const WEEK_MS = 7 * 86_400_000

type History = (cluster: string, userId: string, at: Date) => Promise<UserHistory>
type Options = { audit: Audit; history: History; clusters: Clusters; now: () => Date }

export const audit: FastifyPluginAsyncZod<Options> = async (app, ports) => {
  app.route({
    ...auditRoutes.list,
    handler: async (request) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      const { limit = ROWS, before, ...asked } = request.query
      const within = await request.within()
      return ports.audit.list({ ...filterOf(asked), cluster: cluster.id, before, limit, within })
    },
  })

  app.route({
    ...auditRoutes.actors,
    handler: async (request) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      return ports.audit.actors(cluster.id, await request.within())
    },
  })

  app.route({
    ...auditRoutes.export,
    // As long as somebody takes it.
    handlerTimeout: EXPORT_MS,
    handler: async (request, reply) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      const { format, ...asked } = request.query
      const name = fileNameOf(cluster.id, request.query, ports.now())
      const upTo = await ports.audit.lastSeq()
      const filter = { ...filterOf(asked), cluster: cluster.id, within: await request.within() }
      const begun = {
        action: 'audit.export',
        cluster: cluster.id,
        target: name,
        after: fieldsOf(request.query),
      } as const
      const id = await ports.audit.begin({ ...begun, actor: request.actor, address: request.ip })
      const lines = exportOf(format, ports.audit.all(filter, upTo), (sent) =>
        ports.audit
          .end(id, { ...sent, after: { ...begun.after, ...sent.after } })
          .catch((err: unknown) => request.log.error({ err, operationId: id }, 'end of an export not recorded')),
      )
      reply.type(TYPES[format]).header('content-disposition', `attachment; filename="${name}"`)
      return Readable.from(lines)
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
    handler: async (request) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      const since = new Date(ports.now().getTime() - WEEK_MS)
      return ports.audit.operations(cluster.id, since, await request.within())
    },
  })

  app.route({
    ...asOfRoutes.read,
    handler: async (request) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      const at = new Date(request.query.at)
      if (at > ports.now()) {
        const errors = [{ pointer: '/query/at', code: 'in_the_future', detail: said`must not lie in the future` }]
        throw problem('request-invalid', { errors })
      }
      const history = await ports.history(cluster.id, request.params.userId, at)
      return {
        at: at.toISOString(),
        values: valuesAsOf(history, at),
        auditSince: history.auditSince?.toISOString() ?? null,
        comparedSince: history.comparedSince?.toISOString() ?? null,
      }
    },
  })

  app.route({
    ...auditRoutes.watch,
    handler: async (request, reply) => {
      const { cluster } = ports.clusters.get(request.params.cluster)
      const version = newestFor(ports.audit, cluster.id, () => request.within())
      reply.type('text/event-stream').header('x-accel-buffering', 'no')
      return Readable.from(eventsOf({ version, isOver: () => app.draining() }))
    },
  })
}

type Asked = Omit<AuditFilter, 'cluster' | 'actions' | 'from' | 'to'> &
  Record<'action' | 'from' | 'to', string | undefined>

const filterOf = ({ action, from, to, ...filter }: Partial<Asked>): Omit<AuditFilter, 'cluster'> => ({
  ...filter,
  ...(action !== undefined && { actions: actionsOf(action) }),
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
})

const fieldsOf = (query: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
