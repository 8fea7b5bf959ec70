import { setTimeout as pause } from 'node:timers/promises'
import { ACTIONS, type Action } from '@ostor-console/shared/audit'
import { said } from '@ostor-console/shared/said'
import type { Audit } from './adapters/store/audit.ts'
import { UNDECIDED, type UnseenWrite, type UnseenWrites } from './adapters/store/audit-unseen.ts'
import type { ClusterParts } from './clusters.ts'
import {
  accountCreationVerdict,
  accountDeletionVerdict,
  accountRevocationVerdict,
  newAccountKeyVerdict,
} from './features/accounts/account-verdicts.ts'
import { newKeyVerdict, revocationVerdict } from './features/keys/key-verdicts.ts'
import { limitsVerdict } from './features/limits/limits-verdict.ts'
import { quotaVerdict } from './features/quotas/quota-verdict.ts'
import { creationVerdict, deletionVerdict, stateVerdict } from './features/users/user-verdicts.ts'
import { orphanKeysOf } from './orphan-keys.ts'
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
  'account.create': accountCreationVerdict,
  'account.delete': accountDeletionVerdict,
  'account-key.create': newAccountKeyVerdict,
  'account-key.revoke': accountRevocationVerdict,
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
/** An entry may become visible after a later one; nothing so old does. */
const VISIBLE_MS = 300_000

type Parts = {
  cluster: Pick<ClusterParts, 'cluster' | 'gateway' | 'directory'>
  audit: Pick<Audit, 'begin' | 'end'>
  unseen: UnseenWrites
  log: Record<'info' | 'warn', (details: object, message: string) => void>
  now?: () => Date
  /** A clock that nobody sets; it has no beginning that means anything. */
  elapsedMs?: () => number
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
  elapsedMs = () => performance.now(),
  wait = pause,
  isOurs = () => true,
}: Parts) => {
  const keysMade = (userId: string, operationId: string) => unseen.keysMade(cluster.id, userId, operationId)
  const removeOrphan = orphanKeysOf({ cluster: { cluster, gateway, directory }, audit, unseen, now, wait })
  const undecided = new Set<string>()
  /** When each open write, with what was known of it, was first seen here: how long ago that is, no set clock changes. */
  let seen = new Map<string, number>()
  let settledUntil = 0n

  const seenAt = ({ operationId, outcome }: UnseenWrite): number =>
    seen.get(`${operationId} ${outcome}`) ?? Number.POSITIVE_INFINITY

  const see = (writes: readonly UnseenWrite[]): void => {
    const names = writes.map(({ operationId, outcome }) => `${operationId} ${outcome}`)
    seen = new Map(names.map((name) => [name, seen.get(name) ?? elapsedMs()]))
  }

  const settle = async (write: UnseenWrite, { is, detail, ...learned }: Verdict): Promise<void> => {
    const { operationId, action } = write
    if (is === 'undecided') undecided.add(operationId)
    const sentence = is === 'undecided' ? `${UNDECIDED} ${detail}.` : detail
    if (is === 'undecided' && write.detail === sentence) return
    const outcome = is === 'undecided' ? 'unknown' : is
    await audit.end(operationId, {
      outcome,
      ...(write.after && { after: write.after }),
      ...learned,
      ...(sentence !== undefined && { detail: sentence }),
    })
    log.info({ cluster: cluster.id, operationId, detail: sentence }, `${action} was found out to be ${is}`)
  }

  /** Answers whether it is settled. */
  const judge = async (write: UnseenWrite, verdict: Judge): Promise<boolean> => {
    const sinceMs = elapsedMs() - seenAt(write)
    if (write.outcome === 'started' && sinceMs < UNDER_WAY_MS) return false
    const found = await verdict({ gateway, directory, keysMade }, write)
    if (found.is !== 'done' && sinceMs < QUARANTINE_MS) return false
    const { orphan } = found
    const removal = orphan === undefined ? 'revoked' : await removeOrphan(write, orphan, sinceMs)
    if (removal === 'later') return false
    await settle(write, removal === 'named' ? { is: 'undecided', detail: namedKey(orphan) } : found)
    return true
  }

  const work = async (): Promise<void> => {
    if (!isOurs()) return
    const safe = await unseen.lastBefore(new Date(now().getTime() - VISIBLE_MS))
    let firstOpen: bigint | null = null
    const writes = await unseen.list(cluster.id, JUDGED, settledUntil)
    see(writes)
    for (const write of writes) {
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

const namedKey = (keyId: string | undefined): string =>
  said`The key ${keyId ?? ''} is new, and nobody saw its secret unless somebody else made it: look whether it is used, or revoke it`
