import { gapsRoutes } from '@ostor-console/shared/gaps'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { GapsStore } from '../../adapters/store/gaps.ts'
import type { Clusters } from '../../clusters.ts'

type Ports = { gaps: GapsStore; clusters: Clusters; now: () => Date }

const ON_A_PAGE = 50

export const gaps: FastifyPluginAsyncZod<Ports> = async (app, { gaps: store, clusters, now }) => {
  app.route({
    ...gapsRoutes.list,
    handler: (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const { limit = ON_A_PAGE, serviceId, ...filter } = request.query
      return store.page({ ...filter, cluster: cluster.id, limit, serviceId: serviceId?.toLowerCase() })
    },
  })

  app.route({
    ...gapsRoutes.decide,
    handler: async (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const { decision, note = '', from, to } = request.body
      const serviceId = request.body.serviceId.toLowerCase()
      const target = `gateway ${serviceId}`
      const after = { decision, from, to, ...(note !== '' && { note }) }
      return request.inTurn(`${cluster.id}/gaps/${serviceId}`, () =>
        request.write({ cluster: cluster.id, action: 'gap.decide', target, after }, async () => ({
          gaps: await store.decide({
            cluster: cluster.id,
            serviceId,
            from: new Date(from),
            to: new Date(to),
            decision,
            decidedBy: request.actor,
            decidedAt: now(),
            note: note === '' ? null : note,
          }),
        })),
      )
    },
  })
}
