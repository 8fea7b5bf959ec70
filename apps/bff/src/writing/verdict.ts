import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { UnseenWrite } from '../adapters/store/audit-unseen.ts'
import type { ClusterParts } from '../clusters.ts'

/** What the gateway shows of a write whose end nobody saw. `undecided`: it is neither as it was nor as it was wanted. */
export type Verdict = {
  is: 'done' | 'not-done' | 'undecided'
  detail?: string
  after?: AuditFields
  userId?: string
  /** A key that the write made, and whose secret nobody has. */
  orphan?: string
}

export type At = Pick<ClusterParts, 'gateway' | 'directory'> & {
  /** Keys of a user that other operations than this one made. */
  keysMade: (userId: string, operationId: string) => Promise<string[]>
}

/** Reads the gateway and judges; it writes nothing itself. A failure to read is thrown: then nothing is known yet. */
export type Judge = (at: At, write: UnseenWrite) => Promise<Verdict>

/** When what was written to is gone, nothing tells any more how the write ended. */
export const undecidedWhenGone =
  (detail: string) =>
  (error: unknown): Verdict => {
    if (error instanceof ProblemError && error.is('user-not-found', 'bucket-not-found'))
      return { is: 'undecided', detail }
    throw error
  }

/** Of a new key, by those that no other operation made. */
export const orphanVerdict = (fresh: readonly string[]): Verdict => {
  const [orphan] = fresh
  if (orphan === undefined) return { is: 'not-done' }
  if (fresh.length > 1) return { is: 'undecided', detail: said`Several keys are new: ${fresh.join(', ')}` }
  return { is: 'not-done', orphan, detail: said`The key ${orphan} was made, but nobody saw its secret: it was revoked` }
}
