import { keysRoutes } from '@ostor-console/shared/keys'
import { scheduledRoutes } from '@ostor-console/shared/scheduled'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { UnseenWrites } from '../../adapters/store/audit-unseen.ts'
import type { Scheduled } from '../../adapters/store/scheduled.ts'
import type { Clusters } from '../../clusters.ts'
import { dueOf } from '../../writing/due.ts'
import type { Wait } from '../../writing/proof.ts'
import { userTurn } from '../../writing/turns.ts'
import { createKey } from './create-key.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateKey } from './rotate-key.ts'
import { scheduleRevocation } from './schedule-revocation.ts'

type Options = { clusters: Clusters; unseen: UnseenWrites; scheduled: Scheduled; now: () => Date; wait: Wait }

export const keys: FastifyPluginAsyncZod<Options> = async (app, { clusters, unseen, scheduled, now, wait }) => {
  app.route({
    ...keysRoutes.list,
    handler: async (request) => {
      const { cluster, gateway } = clusters.get(request.params.cluster)
      const { userId } = request.params
      const [{ keyIds }, made] = await Promise.all([gateway.getUser(userId), unseen.keysHandedOver(cluster.id, userId)])
      return keyIds.map((id) => ({ id, made: made.get(id) ?? null }))
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
        revokeKey(parts, { userId, keyId, acceptLastKey }, { writer: request, unseen, wait }),
      )
      // It is done; what waited for it finds that out at its date at the latest.
      await scheduled
        .overtake(parts.cluster.id, { userId, keyId }, request.actor)
        .catch((err: unknown) => request.log.warn({ err }, 'what waited for this is not ended yet'))
      return reply.code(204).send()
    },
  })

  app.route({
    ...scheduledRoutes.revokeKey,
    handler: async (request, reply) => {
      const { userId, keyId } = request.params
      const { acceptLastKey = false, dueAt } = request.body
      const parts = clusters.get(request.params.cluster)
      const wanted = { userId, keyId, acceptLastKey, dueAt: dueOf(dueAt, now()), askedBy: request.actor }
      const change = await request.inTurn(userTurn(parts.cluster, userId), () =>
        scheduleRevocation(parts, wanted, request, scheduled),
      )
      return reply.code(201).send(change)
    },
  })

  app.route({
    ...scheduledRoutes.rotateKey,
    handler: async (request, reply) => {
      const { userId, keyId } = request.params
      const parts = clusters.get(request.params.cluster)
      const dueAt = dueOf(request.body.dueAt, now())
      const wanted = { userId, keyId, dueAt, askedBy: request.actor, ...request.takeOperationId() }
      const rotated = await request.inTurn(userTurn(parts.cluster, userId), () =>
        rotateKey(parts, wanted, { scheduled, unseen, writer: request, wait }),
      )
      return reply.code(201).header('cache-control', 'no-store').send(rotated)
    },
  })
}
