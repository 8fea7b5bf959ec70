import { quotasRoutes } from '@ostor-console/shared/quotas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ClusterParts, Clusters } from '../../clusters.ts'
import type { Wait } from '../../writing/proof.ts'
import { knownBucket, listedUser, userNow } from '../../writing/subject.ts'
import { bucketTurn, userTurn } from '../../writing/turns.ts'
import type { WriteParts } from '../../writing/write-parts.ts'
import type { Writer } from '../../writing/writer.ts'
import { overDefault } from './over-default.ts'
import { changeQuota, type QuotaSubject, quotaOf } from './quota-write.ts'

/** Where quotas are read in the background, those of all are read every five minutes. */
const YOUNG_MS = 360_000

type Options = { clusters: Clusters; now: () => Date; wait: Wait }

export const quotas: FastifyPluginAsyncZod<Options> = async (app, { clusters, now, wait }) => {
  const partsFor = (parts: ClusterParts, writer: Writer): WriteParts => ({ ...parts, writer, now, wait })

  app.route({
    ...quotasRoutes.readOfUser,
    handler: async (request) => {
      const parts = clusters.get(request.params.cluster)
      const { target } = await listedUser(parts, request.params.userId)
      return quotaOf(await parts.gateway.getQuota(target), now())
    },
  })

  app.route({
    ...quotasRoutes.changeOfUser,
    handler: (request) => {
      const { params, body, headers } = request
      const parts = clusters.get(params.cluster)
      return request.inTurn(userTurn(parts.cluster, params.userId), async () =>
        changeQuota(partsFor(parts, request), await userNow(parts, params.userId), body.size, headers['if-match']),
      )
    },
  })

  app.route({
    ...quotasRoutes.readOfBucket,
    handler: async (request) => {
      const parts = clusters.get(request.params.cluster)
      const { target } = await knownBucket(parts, request.params.bucket)
      return quotaOf(await parts.gateway.getQuota(target), now())
    },
  })

  app.route({
    ...quotasRoutes.changeOfBucket,
    handler: (request) => {
      const { params, body, headers } = request
      const parts = clusters.get(params.cluster)
      return request.inTurn(bucketTurn(parts.cluster, params.bucket), async () =>
        changeQuota(partsFor(parts, request), await knownBucket(parts, params.bucket), body.size, headers['if-match']),
      )
    },
  })

  app.route({
    ...quotasRoutes.readDefault,
    handler: async (request) => {
      const { gateway, quotas: known } = clusters.get(request.params.cluster)
      const { of } = request.params
      const last = request.query.fresh ? null : known.forAll(of)
      const readAt = now()
      if (last && readAt.getTime() - last.readAt.getTime() <= YOUNG_MS)
        return quotaOf(known.now().meaningOf(last.told), last.readAt)
      return quotaOf(await gateway.getQuota({ every: of }), readAt)
    },
  })

  app.route({
    ...quotasRoutes.overDefault,
    handler: (request) => {
      const { directory } = clusters.get(request.params.cluster)
      return overDefault(directory, request.params.of, request.query.size)
    },
  })

  app.route({
    ...quotasRoutes.changeDefault,
    handler: (request) => {
      const { params, body, headers } = request
      const parts = clusters.get(params.cluster)
      return request.inTurn(`${parts.cluster.id}/quotas/${params.of}`, () =>
        changeQuota(partsFor(parts, request), DEFAULTS[params.of], body.size, headers['if-match']),
      )
    },
  })
}

const DEFAULTS: Record<'user' | 'bucket', QuotaSubject> = {
  user: { target: { every: 'user' }, label: 'every user', ids: {} },
  bucket: { target: { every: 'bucket' }, label: 'every bucket', ids: {} },
}
