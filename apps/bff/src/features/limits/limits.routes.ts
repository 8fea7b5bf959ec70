import { limitsRoutes } from '@ostor-console/shared/limits'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ClusterParts, Clusters } from '../../clusters.ts'
import type { Wait } from '../../writing/proof.ts'
import { knownBucket, listedUser, userNow } from '../../writing/subject.ts'
import { bucketTurn, userTurn } from '../../writing/turns.ts'
import type { WriteParts } from '../../writing/write-parts.ts'
import type { Writer } from '../../writing/writer.ts'
import { limitsOf } from './limits-view.ts'
import { changeLimits, removeLimits } from './limits-write.ts'

type Options = { clusters: Clusters; now: () => Date; wait: Wait }

export const limits: FastifyPluginAsyncZod<Options> = async (app, { clusters, now, wait }) => {
  const partsFor = (parts: ClusterParts, writer: Writer): WriteParts => ({ ...parts, writer, now, wait })

  app.route({
    ...limitsRoutes.readOfUser,
    handler: async (request) => {
      const parts = clusters.get(request.params.cluster)
      const { target } = await listedUser(parts, request.params.userId)
      return limitsOf(await parts.gateway.getLimits(target), now())
    },
  })

  app.route({
    ...limitsRoutes.changeOfUser,
    handler: (request) => {
      const { params, body, headers } = request
      const parts = clusters.get(params.cluster)
      return request.inTurn(userTurn(parts.cluster, params.userId), async () =>
        changeLimits(partsFor(parts, request), await userNow(parts, params.userId), body, headers['if-match']),
      )
    },
  })

  app.route({
    ...limitsRoutes.removeOfUser,
    handler: (request) => {
      const { params, body } = request
      const parts = clusters.get(params.cluster)
      return request.inTurn(userTurn(parts.cluster, params.userId), async () =>
        removeLimits(partsFor(parts, request), await userNow(parts, params.userId), body.group),
      )
    },
  })

  app.route({
    ...limitsRoutes.readOfBucket,
    handler: async (request) => {
      const parts = clusters.get(request.params.cluster)
      const { target } = await knownBucket(parts, request.params.bucket)
      return limitsOf(await parts.gateway.getLimits(target), now())
    },
  })

  app.route({
    ...limitsRoutes.changeOfBucket,
    handler: (request) => {
      const { params, body, headers } = request
      const parts = clusters.get(params.cluster)
      return request.inTurn(bucketTurn(parts.cluster, params.bucket), async () =>
        changeLimits(partsFor(parts, request), await knownBucket(parts, params.bucket), body, headers['if-match']),
      )
    },
  })

  app.route({
    ...limitsRoutes.removeOfBucket,
    handler: (request) => {
      const { params, body } = request
      const parts = clusters.get(params.cluster)
      return request.inTurn(bucketTurn(parts.cluster, params.bucket), async () =>
        removeLimits(partsFor(parts, request), await knownBucket(parts, params.bucket), body.group),
      )
    },
  })
}
