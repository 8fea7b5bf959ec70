import { keysRoutes } from '@ostor-console/shared/keys'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { UnseenWrites } from '../../adapters/store/audit-unseen.ts'
import type { Clusters } from '../../clusters.ts'
import type { Wait } from '../../writing/proof.ts'
import { userTurn } from '../../writing/turns.ts'
import { createKey } from './create-key.ts'
import { revokeKey } from './revoke-key.ts'

type Options = { clusters: Clusters; unseen: Pick<UnseenWrites, 'count'>; wait: Wait }

export const keys: FastifyPluginAsyncZod<Options> = async (app, { clusters, unseen, wait }) => {
  app.route({
    ...keysRoutes.list,
    handler: async (request) => {
      const { gateway } = clusters.get(request.params.cluster)
      const { keyIds } = await gateway.getUser(request.params.userId)
      return keyIds.map((id) => ({ id }))
    },
  })

  app.route({
    ...keysRoutes.create,
    handler: async (request, reply) => {
      const { userId } = request.params
      const parts = clusters.get(request.params.cluster)
      const key = await request.inTurn(userTurn(parts.cluster, userId), () =>
        createKey(parts, userId, request, wait, unseen),
      )
      return reply.code(201).header('cache-control', 'no-store').send(key)
    },
  })

  app.route({
    ...keysRoutes.revoke,
    handler: async (request, reply) => {
      const { userId, keyId } = request.params
      const { acceptLastKey = false } = request.body
      const parts = clusters.get(request.params.cluster)
      await request.inTurn(userTurn(parts.cluster, userId), () =>
        revokeKey(parts, { userId, keyId, acceptLastKey }, request, wait),
      )
      return reply.code(204).send()
    },
  })
}
