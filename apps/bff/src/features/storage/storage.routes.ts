import { storageRoutes } from '@ostor-console/shared/storage'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Directory } from '../../adapters/gateway/directory.ts'
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
      const { cluster, directory } = clusters.get(request.params.cluster)
      const { userId, bucket, stepSeconds } = request.query
      const range = { from: new Date(request.query.from), to: new Date(request.query.to) }
      // Sizes are known at full hours only.
      const steps = chooseSteps(
        range.from,
        range.to,
        HOUR,
        stepSeconds === undefined ? undefined : wholeHours(stepSeconds),
      )
      const isBucket = bucket !== undefined
      const [history, lacksSizes] = await Promise.all([
        store.history(cluster.id, subjectOf(userId, bucket), new Date(steps.firstSeconds * 1000), range.to),
        !isBucket && userId !== undefined && lacksSizesOf(directory, userId, range.to),
      ])
      return seriesOf(history, { ...range, ...steps, isBucket, lacksSizes, now: now() })
    },
  })

  app.route({
    ...storageRoutes.growth,
    handler: async (request) => {
      const { cluster, directory } = clusters.get(request.params.cluster)
      const { userId, bucket } = request.query
      const range = growthRange(now())
      const [history, lacksSizes] = await Promise.all([
        store.history(cluster.id, subjectOf(userId, bucket), range.from, range.to),
        bucket === undefined && userId !== undefined && lacksSizesOf(directory, userId, range.to),
      ])
      const found = growthOf(history, range, bucket !== undefined)
      return lacksSizes ? { ...found, storedBytes: null, growth: null } : found
    },
  })
}

/** A bucket of which the gateway tells no size is in no sum, which then is not known, and certainly not 0. */
const lacksSizesOf = async (directory: Pick<Directory, 'buckets'>, userId: string, until: Date): Promise<boolean> => {
  const buckets = (await soon(directory.buckets(), PATIENCE_MS))?.byOwner.get(userId) ?? []
  return buckets.some(({ storedBytes, createdAt }) => storedBytes === null && (createdAt === null || createdAt < until))
}

const wholeHours = (seconds: number): number => Math.ceil(seconds / HOUR) * HOUR

const subjectOf = (userId: string | undefined, bucket: string | undefined): StorageSubject => {
  if (bucket !== undefined) return { kind: 'bucket', id: bucket }
  return userId === undefined ? { kind: 'cluster', id: '' } : { kind: 'user', id: userId }
}
