import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type StatisticsDetail, statisticsRoutes } from '@ostor-console/shared/statistics'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Safekeeping } from '../../adapters/store/safekeeping.ts'
import type { StatisticsStore } from '../../adapters/store/statistics.ts'
import type { StatisticsDecisions } from '../../adapters/store/statistics-decisions.ts'
import type { StatisticsPages } from '../../adapters/store/statistics-pages.ts'
import type { Clusters } from '../../clusters.ts'
import type { Wait } from '../../writing/proof.ts'
import { assertDecidable, decide } from './decision.ts'
import { assertSafe, deleteAndLook } from './removal.ts'

type Ports = {
  statistics: StatisticsStore
  pages: StatisticsPages
  decisions: StatisticsDecisions
  safekeeping: Pick<Safekeeping, 'isBackedUp' | 'intendDeletion'>
  /** The console takes backups by itself, so nothing that none of them holds need be deleted. */
  backsUp: boolean
  clusters: Clusters
  now: () => Date
  wait: Wait
}

const ON_A_PAGE = 50

export const statistics: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { statistics: store, pages, decisions, safekeeping, backsUp, clusters, now, wait } = ports
  const isBackedUp = backsUp ? safekeeping.isBackedUp : undefined
  app.route({
    ...statisticsRoutes.list,
    handler: async (request) => {
      const { cluster } = clusters.get(request.params.cluster)
      const { after: name, limit = ON_A_PAGE, serviceId, state } = request.query
      const last = name === undefined ? undefined : await pages.find(cluster.id, name)
      if (last === null) throw problem('request-invalid', { errors: [UNKNOWN_AFTER] })
      const after = last && { startedAt: last.start, name: last.name }
      return pages.page({ cluster: cluster.id, after, limit, serviceId, state })
    },
  })

  app.route({
    ...statisticsRoutes.read,
    handler: async (request): Promise<StatisticsDetail> => {
      const { cluster, collector } = clusters.get(request.params.cluster)
      const { name } = request.params
      const known = await pages.find(cluster.id, name)
      if (known?.state === 'listed') await collector.readNow(name)
      const object = known?.state === 'listed' ? await pages.find(cluster.id, name) : known
      if (!object) throw problem('statistics-object-not-found')

      const rows = await pages.rows(cluster.id, object.objectNo)
      const items = rows.map((row) => ({
        ...row,
        epoch: String(row.epoch),
        putOps: String(row.putOps),
        getOps: String(row.getOps),
        listOps: String(row.listOps),
        otherOps: String(row.otherOps),
        uploadedBytes: String(row.uploadedBytes),
        downloadedBytes: String(row.downloadedBytes),
      }))
      const held = await safekeeping.isBackedUp(cluster.id, name)
      return { ...object, items, isBackedUp: held, safeToDelete: object.state === 'closed' && (held || !backsUp) }
    },
  })

  app.route({
    ...statisticsRoutes.decide,
    handler: async (request) => {
      const { cluster, collector } = clusters.get(request.params.cluster)
      const { name } = request.params
      const { decision, startedAt } = request.body
      const at = { cluster: cluster.id, pages, decisions, collector, now: now(), actor: request.actor }
      await request.inTurn(`${cluster.id}/statistics/${name}`, async () => {
        await assertDecidable(at, name, request.body)
        const after = { decision, ...(startedAt !== undefined && { startedAt }) }
        await request.write({ cluster: cluster.id, action: 'statistics.decide', target: name, after }, () =>
          decide(at, name, request.body),
        )
      })
      const object = await pages.find(cluster.id, name)
      if (!object) throw problem('statistics-object-not-found')
      return object
    },
  })

  app.route({
    ...statisticsRoutes.remove,
    handler: async (request, reply) => {
      const { cluster, collector, gateway } = clusters.get(request.params.cluster)
      const { name } = request.params
      if (request.body.confirmName !== name) throw problem('confirmation-wrong', { errors: [WRONG_NAME] })
      await request.inTurn(`${cluster.id}/statistics/${name}`, async () => {
        await assertSafe({ cluster: cluster.id, pages, collector, isBackedUp }, name)
        await request.write({ cluster: cluster.id, action: 'statistics.delete', target: name }, async () => {
          await safekeeping.intendDeletion(cluster.id, name, now())
          await deleteAndLook(gateway, name, wait)
        })
        await store.save(cluster.id, [{ kind: 'gone', name, at: now() }])
      })
      return reply.code(204).send()
    },
  })
}

const UNKNOWN_AFTER = {
  pointer: '/query/after',
  code: 'unknown_object',
  detail: said`is not the name of a listed object`,
}
const WRONG_NAME = {
  pointer: '/body/confirmName',
  code: 'does_not_match',
  detail: said`is not the name of this object`,
}
