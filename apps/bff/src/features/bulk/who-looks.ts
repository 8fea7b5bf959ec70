import { createHash } from 'node:crypto'
import type { BulkRun } from '@ostor-console/shared/bulk'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import type { Within } from '../../adapters/store/within.ts'

/** Who looks: their session, and what of the store is theirs. */
export type Whose = { session: string; within: Within | undefined }

/** Of the token that asks, or of the session: hashed, and not its id, which changes whenever its admin proves anew who they are. */
export const sessionOf = ({ session, apiToken }: Pick<FastifyRequest, 'session' | 'apiToken'>): string =>
  createHash('sha256')
    .update(apiToken?.id ?? session.lineage ?? session.sessionId)
    .digest('hex')

export const whoLooks = async (request: FastifyRequest): Promise<Whose> => ({
  session: sessionOf(request),
  within: await request.within(),
})

/** A run of others is a reason to wait, and no more. */
export const unnamed = (behind: BulkRun['behind'], others: ReadonlySet<string>): BulkRun['behind'] =>
  behind?.id && others.has(behind.id) ? { id: null, title: said`Another bulk change` } : behind
