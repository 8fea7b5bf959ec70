import { accountsRoutes } from '@ostor-console/shared/accounts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { UnseenWrites } from '../../adapters/store/audit-unseen.ts'
import type { Clusters } from '../../clusters.ts'
import type { Wait } from '../../writing/proof.ts'
import { createAccountKey, revokeAccountKey } from './account-keys.ts'
import { createAccount, removeAccount, type Work } from './change-account.ts'

type Options = { clusters: Clusters; unseen: Pick<UnseenWrites, 'count'>; wait: Wait }
type Request = Pick<FastifyRequest, 'inTurn' | 'write'> & { params: { cluster: string; userId: string } }

export const accounts: FastifyPluginAsyncZod<Options> = async (app, { clusters, unseen, wait }) => {
  const inTurn = <T>(request: Request, work: (given: Work) => Promise<T>): Promise<T> => {
    const { cluster, userId } = request.params
    const parts = clusters.get(cluster)
    const subject = `${parts.cluster.id}/users/${userId.toLowerCase()}`
    return request.inTurn(subject, () => work({ parts, userId, writer: request, wait }))
  }

  app.route({
    ...accountsRoutes.create,
    handler: async (request, reply) => {
      // Its first key comes with it.
      await app.demandVerb(request, 'key.create')
      const made = await inTurn(request, (work) => createAccount(work, request.body.name))
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  })

  app.route({
    ...accountsRoutes.remove,
    handler: async (request, reply) => {
      await inTurn(request, (work) => removeAccount(work, request.params.account, request.body.confirmName))
      return reply.code(204).send()
    },
  })

  app.route({
    ...accountsRoutes.createKey,
    handler: async (request, reply) => {
      const key = await inTurn(request, (work) => createAccountKey(work, request.params.account, unseen))
      return reply.code(201).header('cache-control', 'no-store').send(key)
    },
  })

  app.route({
    ...accountsRoutes.revokeKey,
    handler: async (request, reply) => {
      const { account, keyId } = request.params
      await inTurn(request, (work) => revokeAccountKey(work, account, keyId))
      return reply.code(204).send()
    },
  })
}
