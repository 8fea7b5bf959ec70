import { usageRoutes } from '@ostor-console/shared/usage'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Directory } from '../../adapters/gateway/directory.ts'
import type { UsageStore } from '../../adapters/store/usage.ts'
import type { Clusters } from '../../clusters.ts'
import { soon } from '../../lists/soon.ts'
import { seriesOf } from './series.ts'
import { type Names, topOf } from './top.ts'

const TOP = 10
const PATIENCE_MS = 1000

export const usage: FastifyPluginAsyncZod<{ usage: UsageStore; clusters: Clusters }> = async (
  app,
  { usage: store, clusters },
) => {
  app.route({
    ...usageRoutes.series,
    handler: (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const { from, to, ...rest } = request.query
      return seriesOf(store, { ...rest, from: new Date(from), to: new Date(to), cluster: cluster.id })
    },
  })

  app.route({
    ...usageRoutes.top,
    handler: async (request) => {
      const { cluster, directory } = clusters.get(request.params.cluster)
      const { from, to, metric = 'traffic', limit = TOP, by, userId } = request.query
      const range = { from: new Date(from), to: new Date(to) }
      const names = await namesOf(directory)
      return topOf(store, { cluster: cluster.id, ...range, by, metric, limit, userId }, names)
    },
  })

  app.route({
    ...usageRoutes.collector,
    handler: (request) => clusters.get(request.params.cluster).collector.status(),
  })
}

/** A gateway that does not answer, or not soon, takes the names away, not the figures. */
const namesOf = async (directory: Directory): Promise<Names> => {
  const [users, buckets] = await Promise.all([
    soon(directory.users(), PATIENCE_MS),
    soon(directory.buckets(), PATIENCE_MS),
  ])
  return {
    labelOf: (userId) => users?.byId.get(userId)?.email ?? null,
    ownerOf: (bucket) => buckets?.byName.get(bucket)?.ownerId ?? null,
  }
}
