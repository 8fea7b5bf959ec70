import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { scheduledRoutes } from '@ostor-console/shared/scheduled'
import { usersRoutes } from '@ostor-console/shared/users'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Scheduled } from '../../adapters/store/scheduled.ts'
import type { ClusterParts, Clusters } from '../../clusters.ts'
import { HIDDEN_QUOTAS, type QuotasByUser } from '../../lists/quotas.ts'
import { listsWithin } from '../../lists/scope.ts'
import { dueOf } from '../../writing/due.ts'
import type { Wait } from '../../writing/proof.ts'
import { emailTurn, userTurn } from '../../writing/turns.ts'
import { bucketsSoon } from './buckets-soon.ts'
import { removeUser, setUserState } from './change-user.ts'
import { createUser } from './create-user.ts'
import { scheduleDeletion } from './schedule-deletion.ts'
import { userDetail } from './user-detail.ts'
import { listUsers } from './user-list.ts'

type Options = {
  clusters: Clusters
  scheduled: Scheduled
  /** What the audit says of a client; throws `client-not-found`. */
  clientFields: (clientId: number) => Promise<AuditFields>
  now: () => Date
  wait: Wait
}

export const users: FastifyPluginAsyncZod<Options> = async (app, options) => {
  const { clusters, scheduled, clientFields, now, wait } = options
  const quotasFor = (request: FastifyRequest, { quotas }: Pick<ClusterParts, 'quotas'>): QuotasByUser =>
    app.allows(request, 'user.see') ? quotas.now() : HIDDEN_QUOTAS

  app.route({
    ...usersRoutes.list,
    handler: async (request) => {
      const { directory, quotaReader, ownUserId, ...parts } = clusters.get(request.params.cluster)
      const lists = listsWithin(request.scope, directory.shown)
      const [listed, buckets] = await Promise.all([lists.users(), bucketsSoon(directory, request.scope)])
      const quotas = quotasFor(request, parts)
      const reading = quotas === HIDDEN_QUOTAS ? 'role' : quotaReader.state()
      return listUsers({ users: listed, buckets, quotas }, request.query, ownUserId, reading)
    },
  })

  app.route({
    ...usersRoutes.read,
    handler: async (request) => {
      const parts = clusters.get(request.params.cluster)
      const user = await parts.gateway.getUser(request.params.userId)
      return userDetail(parts, user, now(), { scope: request.scope, quotas: quotasFor(request, parts) })
    },
  })

  app.route({
    ...usersRoutes.create,
    handler: async (request, reply) => {
      const { email, clientId } = request.body
      const parts = clusters.get(request.params.cluster)
      if (clientId !== undefined) await app.demandVerb(request, 'client.link')
      const client = clientId === undefined ? {} : await clientFields(clientId)
      const created = await request.inTurn(emailTurn(parts.cluster, email), () =>
        createUser(parts, email, request, client),
      )
      return reply.code(201).header('cache-control', 'no-store').send(created)
    },
  })

  app.route({
    ...usersRoutes.setState,
    handler: async (request) => {
      const { userId } = request.params
      const parts = clusters.get(request.params.cluster)
      const user = await request.inTurn(userTurn(parts.cluster, userId), () =>
        setUserState(parts, userId, request.body.state, request, wait),
      )
      return userDetail(parts, user, now(), { scope: request.scope, quotas: quotasFor(request, parts) })
    },
  })

  app.route({
    ...usersRoutes.remove,
    handler: async (request, reply) => {
      const { userId } = request.params
      const parts = clusters.get(request.params.cluster)
      await request.inTurn(userTurn(parts.cluster, userId), () =>
        removeUser(parts, userId, request.body.confirmEmail, request, wait),
      )
      // It is done; what waited for it finds that out at its date at the latest.
      await scheduled
        .overtake(parts.cluster.id, { userId }, request.actor)
        .catch((err: unknown) => request.log.warn({ err }, 'what waited for this is not ended yet'))
      return reply.code(204).send()
    },
  })

  app.route({
    ...scheduledRoutes.deleteUser,
    handler: async (request, reply) => {
      const { userId } = request.params
      const { dueAt, confirmEmail } = request.body
      const parts = clusters.get(request.params.cluster)
      const wanted = {
        userId,
        confirmation: confirmEmail,
        dueAt: dueOf(dueAt, now()),
        askedBy: request.actor,
      }
      const change = await request.inTurn(userTurn(parts.cluster, userId), () =>
        scheduleDeletion(parts, wanted, request, scheduled),
      )
      return reply.code(201).send(change)
    },
  })
}
