import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type ScheduledChange, scheduledRoutes } from '@ostor-console/shared/scheduled'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Scheduled } from '../../adapters/store/scheduled.ts'
import type { Clusters } from '../../clusters.ts'
import { requireProof } from '../../plugins/access.ts'
import { dueOf } from '../../writing/due.ts'

type Options = { scheduled: Scheduled; clusters: Clusters; now: () => Date }

const WEEK_MS = 7 * 86_400_000

export const scheduled: FastifyPluginAsyncZod<Options> = async (app, { scheduled: store, clusters, now }) => {
  const waiting = async (cluster: string, id: string): Promise<ScheduledChange> => {
    const found = await store.find(cluster, id)
    if (!found) throw problem('scheduled-change-not-found')
    if (found.state !== 'waiting') throw notWaiting(found)
    return found
  }

  app.route({
    ...scheduledRoutes.list,
    handler: async (request) => {
      const { id } = clusters.get(request.params.cluster).cluster
      const { userId } = request.query
      const since = new Date(now().getTime() - WEEK_MS)
      const of = { userId, within: await request.within() }
      const [open, ended] = await Promise.all([store.open(id, of), store.ended(id, since, of)])
      return { open, ended }
    },
  })

  app.route({
    ...scheduledRoutes.move,
    handler: async (request) => {
      const { id } = request.params
      const cluster = clusters.get(request.params.cluster).cluster.id
      const dueAt = dueOf(request.body.dueAt, now())
      const found = await waiting(cluster, id)
      // Sooner is to do it; later and never are not.
      if (dueAt < new Date(found.dueAt)) {
        await app.demandVerb(request, found.action === 'user.delete' ? 'user.delete' : 'key.revoke')
        if (request.apiToken === null) requireProof(request, now())
      }
      const entry = { cluster, action: 'scheduled.move', target: found.keyId ?? found.email } as const
      const dates = { before: { dueAt: found.dueAt }, after: { dueAt: dueAt.toISOString() } }
      return request.write({ ...entry, userId: found.userId, ...dates }, async () => {
        const moved = await store.move(id, dueAt)
        return moved ?? Promise.reject(notWaiting(await store.find(cluster, id)))
      })
    },
  })

  app.route({
    ...scheduledRoutes.stop,
    handler: async (request) => {
      const { id } = request.params
      const cluster = clusters.get(request.params.cluster).cluster.id
      const found = await waiting(cluster, id)
      const entry = { cluster, action: 'scheduled.stop', target: found.keyId ?? found.email } as const
      const before = { what: found.action, dueAt: found.dueAt }
      return request.write({ ...entry, userId: found.userId, before }, async () => {
        const stopped = await store.stop(id, request.actor)
        return stopped ?? Promise.reject(notWaiting(await store.find(cluster, id)))
      })
    },
  })
}

const notWaiting = (found: ScheduledChange | null) =>
  problem('not-waiting', { detail: found ? SAID[found.state] : said`It is no longer there` })

const SAID: Record<ScheduledChange['state'], string> = {
  preparing: said`The new key is still being made`,
  waiting: said`Try again`,
  running: said`It is being done at this moment`,
  done: said`It was done already`,
  failed: said`It was tried already and did not come about`,
  stopped: said`Somebody stopped it already`,
}
