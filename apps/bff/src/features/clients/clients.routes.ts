import { clientsRoutes } from '@ostor-console/shared/clients'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { userTurn } from '../../writing/turns.ts'
import { clientDetail } from './client-detail.ts'
import { listClients } from './client-list.ts'
import { type Asker, type LinkPorts, linkClient, unlinkClient } from './link-client.ts'

/** Clients of WHMCS, and which S3 users belong to them. */
export const clients: FastifyPluginAsyncZod<LinkPorts> = async (app, ports) => {
  const { clusters, links } = ports

  app.route({ ...clientsRoutes.list, handler: (request) => listClients(ports, request.query) })

  app.route({ ...clientsRoutes.read, handler: (request) => clientDetail(ports, request.params.clientId) })

  app.route({
    ...clientsRoutes.link,
    handler: async (request, reply) => {
      const { clientId } = request.params
      const { cluster, userId } = request.body
      const parts = clusters.get(cluster)
      await request.inTurn(userTurn(parts.cluster, userId), () =>
        linkClient(ports, parts, { clientId, userId }, askedBy(request)),
      )
      return reply.code(201).send(await clientDetail(ports, clientId))
    },
  })

  app.route({
    ...clientsRoutes.unlink,
    handler: async (request) => {
      const { clientId, cluster, userId } = request.params
      const parts = clusters.get(cluster)
      const link = { clientId, cluster: parts.cluster.id, userId }
      await request.inTurn(userTurn(parts.cluster, userId), () => unlinkClient(ports, link, askedBy(request)))
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

const askedBy = (request: FastifyRequest): Asker => ({
  actor: request.actor,
  address: request.ip,
  ...request.takeOperationId(),
})
