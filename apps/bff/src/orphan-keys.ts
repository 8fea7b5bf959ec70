import { ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { collectRequestIds } from './adapters/gateway/request-ids.ts'
import { AlreadyThere, type Audit } from './adapters/store/audit.ts'
import type { UnseenWrite, UnseenWrites } from './adapters/store/audit-unseen.ts'
import type { ClusterParts } from './clusters.ts'
import type { Wait } from './writing/proof.ts'
import { revokeOrphan } from './writing/revoke-orphan.ts'

type Parts = {
  cluster: Pick<ClusterParts, 'cluster' | 'gateway' | 'directory'>
  audit: Pick<Audit, 'begin' | 'end'>
  unseen: Pick<UnseenWrites, 'count'>
  now: () => Date
  wait: Wait
}

/** `named`: it is left to an admin; `later`: it cannot be said yet. */
export type Removal = 'revoked' | 'named' | 'later'

/** Whoever does what no admin asked for. */
const ACTOR = 'console'
/** The older the operation, the likelier it is that a new key is somebody else's, and in use. */
const OURS_MS = 180_000

/** Revokes a key that an operation made, and whose secret nobody has: an operation of its own, judged like any other. */
export const orphanKeysOf = ({ cluster: { cluster, gateway, directory }, audit, unseen, now, wait }: Parts) => {
  /** From here on the request that made it, if it is under way after all, hands no secret over. */
  const isClaimed = async ({ operationId, outcome }: UnseenWrite): Promise<boolean> => {
    if (outcome === 'unknown') return true
    try {
      const detail = said`Nobody saw how it ended; its key is being revoked`
      await audit.end(operationId, { outcome: 'unknown', detail }, { onlyFirst: true })
      return true
    } catch (error) {
      if (error instanceof AlreadyThere) return false
      throw error
    }
  }

  return async (write: UnseenWrite, keyId: string, sinceMs: number): Promise<Removal> => {
    const { begunAt } = write
    const userId = write.userId ?? ''
    const isOld = Math.max(now().getTime() - begunAt.getTime(), sinceMs) > OURS_MS
    if (isOld || keyId === cluster.accessKeyId) return 'named'
    // Two answers were lost, or this very revocation is still being looked after.
    const account = write.action === 'account-key.create' ? write.target : undefined
    const action = account === undefined ? 'key.revoke' : 'account-key.revoke'
    if ((await unseen.count(cluster.id, { action: write.action, userId })) > 1) return 'later'
    if ((await unseen.count(cluster.id, { action, userId, target: keyId })) > 0) return 'later'
    // It may be the first key of the account, which whoever made that still gets.
    const opening = account !== undefined && { action: 'account.create' as const, userId, target: account }
    if (opening && (await unseen.count(cluster.id, opening)) > 0) return 'later'
    if (!(await isClaimed(write))) return 'later'

    const before = account === undefined ? null : { account }
    const id = await audit.begin({ actor: ACTOR, action, cluster: cluster.id, target: keyId, userId, before })
    const requestIds: string[] = []
    try {
      await collectRequestIds(requestIds, () => revokeOrphan({ gateway, directory, wait }, { userId, keyId, account }))
      await audit.end(id, { outcome: 'done', detail: said`Nobody saw its secret`, requestIds })
      return 'revoked'
    } catch (error) {
      const isKnown = error instanceof ProblemError && !error.is('outcome-unknown', 'not-applied')
      const detail = error instanceof Error ? error.message : String(error)
      await audit.end(id, { outcome: isKnown ? 'refused' : 'unknown', detail, requestIds })
      if (error instanceof ProblemError && error.is('gateway-refused', 'email-ambiguous')) return 'named'
      throw error
    }
  }
}
