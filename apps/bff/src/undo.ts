import { type AuditEntry, auditRoutes } from '@ostor-console/shared/audit'
import { problem } from '@ostor-console/shared/problem'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from './adapters/store/audit.ts'
import type { ClusterParts, Clusters } from './clusters.ts'
import { knownBucket, userNow } from './features/limits/limits-subject.ts'
import { undoLimits } from './features/limits/limits-write.ts'
import { undoState } from './features/users/undo-state.ts'
import type { Wait } from './writing/proof.ts'

type Options = { audit: Pick<Audit, 'find'>; clusters: Clusters; now: () => Date; wait: Wait }

/** Sets back what an operation changed: a write like any other, with its own entry, which can be undone in turn. */
export const undo: FastifyPluginAsyncZod<Options> = async (app, { audit, clusters, now, wait }) => {
  const setBack = async (parts: ClusterParts, entry: AuditEntry, request: FastifyRequest): Promise<void> => {
    const { action, userId, bucket, before, after } = entry
    if (before === null || after === null) throw problem('cannot-undo', { detail: 'It is not known what was before' })
    if (action === 'user.enable' || action === 'user.disable') {
      await undoState(parts, userId ?? '', { before, after }, request, wait)
      return
    }
    const subject = bucket === null ? await userNow(parts, userId ?? '') : await knownBucket(parts, bucket)
    const { cluster, gateway } = parts
    await undoLimits({ cluster: cluster.id, gateway, request, now, wait }, subject, { before, after })
  }

  app.route({
    ...auditRoutes.undo,
    handler: async (request, reply) => {
      const parts = clusters.get(request.params.cluster)
      const { id } = parts.cluster
      const find = async (): Promise<AuditEntry> => {
        const entry = await audit.find(id, request.params.operationId)
        if (entry === null || entry.cluster !== id) throw problem('operation-not-found')
        return entry
      }
      await request.inTurn(turnOf(await find()), async () => {
        const entry = await find()
        if (!entry.canUndo) throw problem('cannot-undo', { detail: NOT_THE_LAST })
        await setBack(parts, entry, request)
      })
      return reply.code(204).send()
    },
  })
}

const NOT_THE_LAST =
  'Only changes of limits and of the state of a user can be undone, as long as they are the last one there'

/** The same as where these are changed. */
const turnOf = ({ cluster, userId, bucket }: AuditEntry): string =>
  bucket === null ? `${cluster}/users/${(userId ?? '').toLowerCase()}` : `${cluster}/buckets/${bucket}`
