import { setTimeout as pause } from 'node:timers/promises'
import { ACTIONS, type Action } from '@ostor-console/shared/audit'
import { ProblemError } from '@ostor-console/shared/problem'
import type { Audit } from './adapters/store/audit.ts'
import { UNDECIDED, type UnseenWrite, type UnseenWrites } from './adapters/store/audit-unseen.ts'
import type { ClusterParts } from './clusters.ts'
import { newKeyVerdict, revocationVerdict } from './features/keys/key-verdicts.ts'
import { revokeOrphan } from './features/keys/revoke-orphan.ts'
import { limitsVerdict } from './features/limits/limits-verdict.ts'
import { quotaVerdict } from './features/quotas/quota-verdict.ts'
import { creationVerdict, deletionVerdict, stateVerdict } from './features/users/user-verdicts.ts'
import { createRepeat } from './repeat.ts'
import type { Wait } from './writing/proof.ts'
import type { Judge, Verdict } from './writing/verdict.ts'

const JUDGES: Partial<Record<Action, Judge>> = {
  'user.create': creationVerdict,
  'user.delete': deletionVerdict,
  'user.enable': stateVerdict,
  'user.disable': stateVerdict,
  'key.create': newKeyVerdict,
  'key.revoke': revocationVerdict,
  'limits.change': limitsVerdict,
  'limits.remove': limitsVerdict,
  'quota.change': quotaVerdict,
  'quota.default': quotaVerdict,
  'statistics.delete': async ({ gateway }, { target }) => ({
    is: (await gateway.readStatistics(target)) === null ? 'done' : 'not-done',
  }),
}
const JUDGED = ACTIONS.filter((action) => action in JUDGES)

const PAUSE_MS = 5_000
/** A gateway may still work on a request whose sender has given up; three times our own deadline. */
const QUARANTINE_MS = 30_000
/** No write takes longer, with all its readings back; what only began before is not under way any more. */
const UNDER_WAY_MS = 70_000
/** Whoever does what no admin asked for. */
const ACTOR = 'console'
/** An entry may become visible after a later one; nothing so old does. */
const VISIBLE_MS = 300_000

type Parts = {
  cluster: Pick<ClusterParts, 'cluster' | 'gateway' | 'directory'>
  audit: Pick<Audit, 'begin' | 'end'>
  unseen: UnseenWrites
  log: Record<'info' | 'warn', (details: object, message: string) => void>
  now?: () => Date
  wait?: Wait
  isOurs?: () => boolean
}

/**
 * Reads the gateway until it shows how each write ended whose end nobody saw. It repeats none of them; the one thing that
 * it writes is to revoke a key that such a write made, because nobody has its secret.
 */
export const createReconciler = ({
  cluster: { cluster, gateway, directory },
  audit,
  unseen,
  log,
  now = () => new Date(),
  wait = pause,
  isOurs = () => true,
}: Parts) => {
  const keysMade = (userId: string) => unseen.keysMade(cluster.id, userId)
  const undecided = new Set<string>()
  let settledUntil = 0n

  const settle = async (write: UnseenWrite, { is, detail, ...learned }: Verdict): Promise<void> => {
    const { operationId, action } = write
    if (is === 'undecided') undecided.add(operationId)
    const said = is === 'undecided' ? `${UNDECIDED} ${detail}.` : detail
    if (is === 'undecided' && write.detail === said) return
    const outcome = is === 'undecided' ? 'unknown' : is
    await audit.end(operationId, {
      outcome,
      ...(write.after && { after: write.after }),
      ...learned,
      ...(said !== undefined && { detail: said }),
    })
    log.info({ cluster: cluster.id, operationId, detail: said }, `${action} was found out to be ${is}`)
  }

  /** Answers whether it was; throws when it is not known. An operation of its own, which is judged like any other. */
  const isRevoked = async ({ userId }: UnseenWrite, keyId: string): Promise<boolean> => {
    const entry = { actor: ACTOR, action: 'key.revoke', cluster: cluster.id, target: keyId, userId } as const
    const id = await audit.begin(entry)
    try {
      await revokeOrphan({ gateway, directory, wait }, userId ?? '', keyId)
      await audit.end(id, { outcome: 'done', detail: 'Nobody saw its secret' })
      return true
    } catch (error) {
      const isRefused = error instanceof ProblemError && !error.is('outcome-unknown', 'not-applied')
      const detail = error instanceof Error ? error.message : String(error)
      await audit.end(id, { outcome: isRefused ? 'refused' : 'unknown', detail })
      if (isRefused) return false
      throw error
    }
  }

  /** Answers whether it is settled. */
  const judge = async (write: UnseenWrite, verdict: Judge): Promise<boolean> => {
    const sinceMs = now().getTime() - write.knownAt.getTime()
    if (write.outcome === 'started' && sinceMs < UNDER_WAY_MS) return false
    const found = await verdict({ gateway, directory, keysMade }, write)
    if (found.is !== 'done' && sinceMs < QUARANTINE_MS) return false
    const { orphan } = found
    if (orphan === undefined || (await isRevoked(write, orphan))) await settle(write, found)
    else await settle(write, { is: 'done', after: { keyId: orphan }, detail: unrevoked(orphan) })
    return true
  }

  const work = async (): Promise<void> => {
    if (!isOurs()) return
    const safe = await unseen.lastBefore(new Date(now().getTime() - VISIBLE_MS))
    let firstOpen: bigint | null = null
    for (const write of await unseen.list(cluster.id, JUDGED, settledUntil)) {
      const verdict = JUDGES[write.action]
      if (!verdict || undecided.has(write.operationId)) continue
      const isSettled = await judge(write, verdict).catch((err: unknown) => {
        log.warn({ err, operationId: write.operationId }, 'how a write ended could not be found out yet')
        return false
      })
      if (!isSettled) firstOpen ??= write.seq - 1n
    }
    settledUntil = firstOpen !== null && firstOpen < safe ? firstOpen : safe
  }

  return createRepeat({
    work: () => work().catch((err: unknown) => log.warn({ err }, 'writes could not be looked after')),
    pauseMs: () => PAUSE_MS,
  })
}

const unrevoked = (keyId: string): string =>
  `The key ${keyId} is there, nobody saw its secret, and it could not be revoked: revoke it`
