import { collectorRoutes } from '@ostor-console/shared/collector'
import { limitTrialRoutes } from '@ostor-console/shared/limit-trial'
import { usageRoutes } from '@ostor-console/shared/usage'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { UsageStore } from '../../adapters/store/usage.ts'
import type { Clusters } from '../../clusters.ts'
import { listsWithin } from '../../lists/scope.ts'
import { breakdownOf } from './breakdown.ts'
import type { Clock } from './coverage.ts'
import { heatMapOf } from './heat-map.ts'
import { limitTrialOf } from './limit-trial.ts'
import { namesOf } from './names.ts'
import { seriesOf } from './series.ts'
import { sparklinesOf } from './sparklines.ts'
import { topOf } from './top.ts'

type Ports = { usage: UsageStore; clusters: Clusters; now: () => Date; staleAfterMs: number }

const TOP = 10
const LARGEST = 9

export const usage: FastifyPluginAsyncZod<Ports> = async (app, { usage: store, clusters, now, staleAfterMs }) => {
  const clock = (): Clock => ({ now: now(), staleAfterMs })

  app.route({
    ...usageRoutes.series,
    handler: (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      return seriesOf(store, { ...request.query, ...rangeOf(request.query), cluster: cluster.id }, clock())
    },
  })

  app.route({
    ...usageRoutes.top,
    handler: async (request) => {
      const { cluster, directory } = clusters.get(request.params.cluster)
      const { metric = 'traffic', limit = TOP, by, userId } = request.query
      const query = { cluster: cluster.id, ...rangeOf(request.query), by, metric, limit, userId }
      return topOf(store, query, await namesOf(listsWithin(request.scope, directory)), clock())
    },
  })

  app.route({
    ...usageRoutes.breakdown,
    handler: async (request) => {
      const { cluster, directory } = clusters.get(request.params.cluster)
      const { metric = 'traffic', limit = LARGEST } = request.query
      const query = { ...request.query, ...rangeOf(request.query), cluster: cluster.id, metric, limit }
      return breakdownOf(store, query, await namesOf(listsWithin(request.scope, directory)), clock())
    },
  })

  app.route({
    ...usageRoutes.heatMap,
    handler: (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const { metric = 'traffic', timeZone = 'UTC' } = request.query
      const query = { ...request.query, ...rangeOf(request.query), cluster: cluster.id, metric, timeZone }
      return heatMapOf(store, query, clock())
    },
  })

  app.route({
    ...usageRoutes.sparklines,
    handler: (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      return sparklinesOf(store, { ...request.query, cluster: cluster.id }, clock())
    },
  })

  app.route({
    ...limitTrialRoutes.read,
    handler: (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const { userId, bucket, ...limits } = request.query
      return limitTrialOf(store, { cluster: cluster.id, subject: { userId, bucket }, limits }, clock())
    },
  })

  app.route({
    ...collectorRoutes.status,
    handler: (request) => clusters.get(request.params.cluster).collector.status(),
  })
}

const rangeOf = ({ from, to }: { from: string; to: string }) => ({ from: new Date(from), to: new Date(to) })
