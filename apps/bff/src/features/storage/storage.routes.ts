import { storageRoutes } from '@ostor-console/shared/storage'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { StorageStore, StorageSubject } from '../../adapters/store/storage.ts'
import type { Clusters } from '../../clusters.ts'
import { soon } from '../../lists/soon.ts'
import { chooseSteps } from '../../lists/steps.ts'
import { growthOf, growthRange } from './growth.ts'
import { seriesOf } from './series.ts'

type Ports = { storage: StorageStore; clusters: Clusters; now: () => Date }

const HOUR = 3600
const PATIENCE_MS = 1000

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
      const history = await store.history(
        cluster.id,
        subjectOf(userId, bucket),
        new Date(steps.firstSeconds * 1000),
        range.to,
      )
      return seriesOf(history, { ...range, ...steps, isBucket: bucket !== undefined, now: now() })
    },
  })

  app.route({
    ...storageRoutes.growth,
    handler: async (request) => {
      const { cluster, directory } = clusters.get(request.params.cluster)
      const { userId, bucket } = request.query
      const range = growthRange(now())
      const [history, buckets] = await Promise.all([
        store.history(cluster.id, subjectOf(userId, bucket), range.from, range.to),
        soon(directory.buckets(), PATIENCE_MS),
      ])
      const found = growthOf(history, range, bucket !== undefined)
      const owned = userId === undefined ? [] : (buckets?.byOwner.get(userId) ?? [])
      // A bucket of which no size is told is in no sum: then the sum is not known, and certainly not 0.
      return owned.some(({ storedBytes }) => storedBytes === null)
        ? { ...found, storedBytes: null, growth: null }
        : found
    },
  })
}

const wholeHours = (seconds: number): number => Math.ceil(seconds / HOUR) * HOUR

const subjectOf = (userId: string | undefined, bucket: string | undefined): StorageSubject => {
  if (bucket !== undefined) return { kind: 'bucket', id: bucket }
  return userId === undefined ? { kind: 'cluster', id: '' } : { kind: 'user', id: userId }
}
