import { bucketsRoutes } from '@ostor-console/shared/buckets'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Directory, UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { Clusters } from '../../clusters.ts'
import { findBucket } from '../../lists/find-bucket.ts'
import { bucketRow, freshnessOf, listBuckets } from './bucket-list.ts'

export const buckets: FastifyPluginAsyncZod<{ clusters: Clusters }> = async (app, { clusters }) => {
  app.route({
    ...bucketsRoutes.list,
    handler: async (request) => {
      const { directory } = clusters.get(request.params.cluster)
      const [listed, owners] = await Promise.all([directory.buckets(), ownersIn(directory)])
      return listBuckets(listed, owners, request.query)
    },
  })

  app.route({
    ...bucketsRoutes.read,
    handler: async (request) => {
      const { directory } = clusters.get(request.params.cluster)
      const [found, owners] = await Promise.all([findBucket(directory, request.params.bucket), ownersIn(directory)])
      return { ...bucketRow(found.bucket, owners), freshness: freshnessOf(found.buckets, owners) }
    },
  })
}

/** Buckets are shown without their owners' names rather than not at all. */
const ownersIn = (directory: Directory): Promise<UserSnapshot> => directory.users().catch(() => NO_OWNERS)

const NO_OWNERS: UserSnapshot = {
  asOf: new Date(0),
  staleReason: 'The users could not be read, so the e-mails of the owners are missing',
  users: [],
  byId: new Map(),
  byEmail: new Map(),
  sized: false,
}
