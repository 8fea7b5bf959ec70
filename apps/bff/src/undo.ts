import { type AuditEntry, auditRoutes } from '@ostor-console/shared/audit'
import { problem } from '@ostor-console/shared/problem'
import type { Verb } from '@ostor-console/shared/roles'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from './adapters/store/audit.ts'
import type { ClusterParts, Clusters } from './clusters.ts'
import { undoLimits } from './features/limits/limits-write.ts'
import { undoQuota } from './features/quotas/quota-write.ts'
import { undoState } from './features/users/undo-state.ts'
import { findBucket } from './lists/find-bucket.ts'
import type { Wait } from './writing/proof.ts'
import { knownBucket, userNow } from './writing/subject.ts'
import { bucketTurn, userTurn } from './writing/turns.ts'
import type { Writer } from './writing/writer.ts'

type Options = { audit: Pick<Audit, 'find'>; clusters: Clusters; now: () => Date; wait: Wait }

type Way = { can: 'canUndo' | 'canRepeat'; problem: 'cannot-undo' | 'cannot-repeat'; detail: string }

const UNDO: Way = {
  can: 'canUndo',
  problem: 'cannot-undo',
  detail: said`Only a change of limits, of a quota or of the state of a user can be undone, as long as it is the last one there`,
}
const REPEAT: Way = {
  can: 'canRepeat',
  problem: 'cannot-repeat',
  detail: said`Only a change of limits, of a quota or of the state of a user can be done again, when it did not come about and is the last`,
}

/**
 * Sets back what an operation set, or sets what one did not come to set: a write like any other, with its own entry.
 * The gateway is read first, and has to be as the operation left it.
 */
export const undo: FastifyPluginAsyncZod<Options> = async (app, { audit, clusters, now, wait }) => {
  const set = async (parts: ClusterParts, entry: AuditEntry, writer: Writer): Promise<void> => {
    const { action, userId, bucket, before, after } = entry
    if (before === null || after === null)
      throw problem('cannot-undo', { detail: said`It is not known what was before` })
    // To do it again is to undo that it was not done.
    const change = entry.canUndo ? { before, after } : { before: after, after: before }
    if (action === 'user.enable' || action === 'user.disable') {
      await undoState(parts, userId ?? '', change, writer, wait)
      return
    }
    if (bucket !== null) await refuseRemade(parts, bucket, entry)
    const subject = bucket === null ? await userNow(parts, userId ?? '') : await knownBucket(parts, bucket)
    const setBack = action === 'quota.change' ? undoQuota : undoLimits
    await setBack({ ...parts, writer, now, wait }, subject, change)
  }

  const go = async (request: FastifyRequest, id: string, operationId: string, way: Way): Promise<void> => {
    const parts = clusters.get(id)
    const find = async (): Promise<AuditEntry> => {
      const entry = await audit.find(id, operationId)
      if (entry === null || entry.cluster !== id) throw problem('operation-not-found')
      return entry
    }
    const asked = await find()
    await app.demandVerb(request, verbOf(asked))
    await request.inTurn(turnOf(parts.cluster, asked), async () => {
      const entry = await find()
      if (!entry[way.can]) throw problem(way.problem, { detail: way.detail })
      await set(parts, entry, request)
    })
  }

  app.route({
    ...auditRoutes.undo,
    handler: async (request, reply) => {
      await go(request, request.params.cluster, request.params.operationId, UNDO)
      return reply.code(204).send()
    },
  })

  app.route({
    ...auditRoutes.repeat,
    handler: async (request, reply) => {
      await go(request, request.params.cluster, request.params.operationId, REPEAT)
      return reply.code(204).send()
    },
  })
}

/** A bucket of the same name may be somebody else's by now. */
const refuseRemade = async (parts: ClusterParts, name: string, { at }: AuditEntry): Promise<void> => {
  const { createdAt } = await findBucket(parts, name)
  if (createdAt && createdAt > new Date(at))
    throw problem('cannot-undo', { detail: said`The bucket was made anew after this change` })
}

/** What was changed is set by whoever may change it. */
const verbOf = ({ action }: AuditEntry): Verb => {
  if (action === 'quota.change') return 'quota.change'
  return action.startsWith('user.') ? 'user.disable' : 'limit.change'
}

const turnOf = (cluster: ClusterParts['cluster'], { userId, bucket }: AuditEntry): string =>
  bucket === null ? userTurn(cluster, userId ?? '') : bucketTurn(cluster, bucket)
