import { storageRoutes } from '@ostor-console/shared/storage'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { StorageStore, StorageSubject } from '../../adapters/store/storage.ts'
import type { Clusters } from '../../clusters.ts'
import { chooseSteps } from '../../lists/steps.ts'
import { growthOf, growthRange } from './growth.ts'
import { seriesOf } from './series.ts'

type Ports = { storage: StorageStore; clusters: Clusters; now: () => Date }

const HOUR = 3600

export const storage: FastifyPluginAsyncZod<Ports> = async (app, { storage: store, clusters, now }) => {
  app.route({
    ...storageRoutes.series,
    handler: async (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const { userId, bucket, stepSeconds } = request.query
      const range = { from: new Date(request.query.from), to: new Date(request.query.to) }
      // Sizes are known at full hours only.
      const steps = chooseSteps(
        range.from,
        range.to,
        HOUR,
        stepSeconds === undefined ? undefined : wholeHours(stepSeconds),
      )
      const start = new Date(steps.firstSeconds * 1000)
      const history = await store.history(cluster.id, subjectOf(userId, bucket), start, range.to)
      return seriesOf(history, { ...range, ...steps, isBucket: bucket !== undefined, now: now() })
    },
  })

  app.route({
    ...storageRoutes.growth,
    handler: async (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const { userId, bucket } = request.query
      const range = growthRange(now())
      const history = await store.history(cluster.id, subjectOf(userId, bucket), range.from, range.to)
      return growthOf(history, range, bucket !== undefined)
    },
  })
}

const wholeHours = (seconds: number): number => Math.ceil(seconds / HOUR) * HOUR

const subjectOf = (userId: string | undefined, bucket: string | undefined): StorageSubject => {
  if (bucket !== undefined) return { kind: 'bucket', id: bucket }
  return userId === undefined ? { kind: 'cluster', id: '' } : { kind: 'user', id: userId }
}
