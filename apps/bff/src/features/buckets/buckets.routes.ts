import { bucketsRoutes } from '@ostor-console/shared/buckets'
import { said } from '@ostor-console/shared/said'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Directory, UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayBucket } from '../../adapters/gateway/gateway.ts'
import type { Dated } from '../../adapters/gateway/refresher.ts'
import type { ClusterParts, Clusters } from '../../clusters.ts'
import { bucketByName, findBucket } from '../../lists/find-bucket.ts'
import { listsWithin } from '../../lists/scope.ts'
import { bucketRow, freshnessOf, listBuckets } from './bucket-list.ts'

type Options = { clusters: Clusters; now: () => Date }

export const buckets: FastifyPluginAsyncZod<Options> = async (app, { clusters, now }) => {
  app.route({
    ...bucketsRoutes.list,
    handler: async (request) => {
      const { directory } = clusters.get(request.params.cluster)
      const lists = listsWithin(request.scope, directory.shown)
      const [listed, owners] = await Promise.all([lists.buckets(), ownersIn(lists)])
      return listBuckets(listed, owners, request.query)
    },
  })

  app.route({
    ...bucketsRoutes.read,
    handler: async (request) => {
      const parts = clusters.get(request.params.cluster)
      const [found, owners] = await Promise.all([
        readBucket(parts, request.params.bucket, now),
        ownersIn(listsWithin(request.scope, parts.directory)),
      ])
      return { ...bucketRow(found.bucket, owners), freshness: freshnessOf(found, owners) }
    },
  })
}

/** As the gateway has it now, where it can be asked for one bucket; else as the list has it. */
const readBucket = async (
  { gateway, directory }: ClusterParts,
  name: string,
  now: () => Date,
): Promise<Dated & { bucket: GatewayBucket }> => {
  const asOf = now()
  const bucket = await bucketByName(gateway, name)
  if (bucket) return { bucket, asOf, staleReason: null }
  const listed = await findBucket({ gateway, directory }, name)
  const { asOf: listedAt, staleReason } = await directory.buckets()
  return { bucket: listed, asOf: listedAt, staleReason }
}

/** Buckets are shown without their owners' names rather than not at all. */
const ownersIn = (directory: Pick<Directory, 'users'>): Promise<UserSnapshot> =>
  directory.users().catch(() => NO_OWNERS)

const NO_OWNERS: UserSnapshot = {
  asOf: new Date(0),
  staleReason: said`The users could not be read, so the e-mails of the owners are missing`,
  users: [],
  byId: new Map(),
  byEmail: new Map(),
  sized: false,
}
