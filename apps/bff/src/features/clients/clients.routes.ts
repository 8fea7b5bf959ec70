import { clientsRoutes } from '@ostor-console/shared/clients'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { userTurn } from '../../writing/turns.ts'
import { clientDetail } from './client-detail.ts'
import { type ClientPorts, listClients } from './client-list.ts'
import { linkClient, unlinkClient } from './link-client.ts'

/** Clients of WHMCS, and which S3 users belong to them. */
export const clients: FastifyPluginAsyncZod<ClientPorts> = async (app, ports) => {
  const { clusters, links } = ports

  app.route({ ...clientsRoutes.list, handler: (request) => listClients(ports, request.query) })

  app.route({ ...clientsRoutes.read, handler: (request) => clientDetail(ports, request.params.clientId) })

  app.route({
    ...clientsRoutes.link,
    handler: async (request, reply) => {
      const { clientId } = request.params
      const { cluster, userId } = request.body
      const parts = clusters.get(cluster)
      const wanted = { clientId, userId, by: request.actor }
      await request.inTurn(userTurn(parts.cluster, userId), () => linkClient(ports, parts, wanted, request))
      return reply.code(201).send(await clientDetail(ports, clientId))
    },
  })

  app.route({
    ...clientsRoutes.unlink,
    handler: async (request) => {
      const { clientId, cluster, userId } = request.params
      const parts = clusters.get(cluster)
      const link = { clientId, cluster: parts.cluster.id, userId }
      await request.inTurn(userTurn(parts.cluster, userId), () => unlinkClient(ports, link, request))
      return clientDetail(ports, clientId)
    },
  })

  app.route({
    ...clientsRoutes.ofUser,
    handler: async (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const link = await links.ofUser({ cluster: cluster.id, userId: request.params.userId })
      if (!link) return { client: null }
      const { name = '', company = '' } = (await links.seen([link.clientId])).get(link.clientId) ?? {}
      return { client: { id: link.clientId, name, company } }
    },
  })
}
