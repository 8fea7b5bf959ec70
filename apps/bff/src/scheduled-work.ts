import { setTimeout as pause } from 'node:timers/promises'
import { ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import type { Audit } from './adapters/store/audit.ts'
import { isUndecided, type UnseenWrites } from './adapters/store/audit-unseen.ts'
import type { Scheduled } from './adapters/store/scheduled.ts'
import type { ClusterParts } from './clusters.ts'
import { revokeKey } from './features/keys/revoke-key.ts'
import { removeUser } from './features/users/change-user.ts'
import { createRepeat } from './repeat.ts'
import { isAboutGateway } from './writing/about-gateway.ts'
import type { Wait } from './writing/proof.ts'
import { type InTurn, userTurn } from './writing/turns.ts'
import { asOperation, type Writer, writerOf } from './writing/writer.ts'

type Log = Record<'info' | 'warn' | 'error', (details: object, message: string) => void>
type Parts = {
  cluster: ClusterParts
  scheduled: Scheduled
  unseen: Pick<UnseenWrites, 'count'>
  audit: Pick<Audit, 'begin' | 'end' | 'find' | 'record'>
  inTurn: InTurn
  log: Log
  now?: () => Date
  wait?: Wait
  isOurs?: () => boolean
}

const PAUSE_MS = 5_000
/** What fell due while no console ran can still be stopped for so long. */
const GRACE_MS = 600_000
/** No request takes longer, so what was not begun by then never will be. */
const UNDER_WAY_MS = 70_000

const CONSOLE = 'console'

/** Carries out what is due, and learns from the audit what became of what a crash or a lost answer cut off. */
export const createScheduledWork = ({
  cluster: parts,
  scheduled,
  unseen,
  audit,
  inTurn,
  log,
  now = () => new Date(),
  wait = pause,
  isOurs = () => true,
}: Parts) => {
  const cluster = parts.cluster.id
  const startedAt = now()

  const isDue = ({ dueAt }: ScheduledChange): boolean => {
    const due = new Date(dueAt)
    return due <= now() && (due >= startedAt || now().getTime() - startedAt.getTime() >= GRACE_MS)
  }

  const fail = async (change: ScheduledChange, detail: string): Promise<void> => {
    await scheduled.end(change, { state: 'failed', by: CONSOLE, detail })
    log.warn({ cluster, scheduled: change.id, detail }, 'a scheduled change did not come about')
  }

  /** The new key of a rotation: whether it was made, and handed over. */
  const settlePreparation = async (change: ScheduledChange): Promise<void> => {
    const making = await audit.find(cluster, change.operationId ?? '')
    if (!making) {
      const isUnderWay = now().getTime() - Date.parse(change.askedAt) < UNDER_WAY_MS
      if (!isUnderWay) await fail(change, said`The new key was never asked for, and nothing was changed`)
      return
    }
    const { outcome, detail, after } = making
    if (outcome === 'done') await scheduled.ready(change.id, after?.['keyId'] ?? '')
    else if (outcome === 'refused' || outcome === 'not-done' || isUndecided(detail))
      await fail(change, `${said`There is no new key that anybody has seen.`} ${detail ?? ''}`.trim())
  }

  /** What was under way when the console ended, or when an answer was lost. */
  const settleRunning = async (change: ScheduledChange): Promise<void> => {
    const write = await audit.find(cluster, change.operationId ?? '')
    if (!write) {
      await scheduled.releaseUnbegun(change)
      return
    }
    if (write.outcome === 'not-done') {
      await scheduled.release(change, said`An earlier try did not take effect`)
      return
    }
    const { outcome, detail } = write
    if (outcome === 'done') await scheduled.end(change, { state: 'done', by: CONSOLE, detail: null })
    else if (outcome === 'refused' || isUndecided(detail)) await fail(change, detail ?? said`It was refused`)
  }

  const refuse = async (change: ScheduledChange, detail: string): Promise<void> => {
    const { userId, keyId, email, operationId } = change
    // A write that began has its own entry.
    if (!(await audit.find(cluster, operationId ?? '')))
      await audit.record({
        actor: CONSOLE,
        action: 'scheduled.run',
        cluster,
        target: keyId ?? email,
        userId,
        after: { what: change.action, dueAt: change.dueAt },
        outcome: 'refused',
        detail,
      })
    await fail(change, detail)
  }

  const carryOut = async (change: ScheduledChange, acceptLastKey: boolean): Promise<void> => {
    const { userId, keyId, email, askedBy, askedAt, newKeyId } = change
    const asked = said`Scheduled by ${askedBy} at ${askedAt}`
    const operationId = change.operationId ?? ''
    const onBegun = async () => {
      if (!(await scheduled.begin(change.id, operationId))) throw problem('not-waiting', { detail: TAKEN_OVER })
    }
    const writer: Writer = asOperation(writerOf({ audit, log, actor: askedBy, onBegun }), operationId, asked)
    if (keyId === null) return removeUser(parts, userId, email, writer, wait)
    if (newKeyId !== null && !(await parts.gateway.getUser(userId)).keyIds.includes(newKeyId))
      throw new Kept(said`The new key ${newKeyId} is no longer there, so the old one was kept`)
    return revokeKey(parts, { userId, keyId, acceptLastKey }, { writer, unseen, wait })
  }

  const run = async ({ id }: ScheduledChange): Promise<void> => {
    const change = await scheduled.claim(id)
    if (!change) return
    const acceptLastKey = (await scheduled.find(cluster, id))?.acceptLastKey === true
    try {
      await carryOut(change, acceptLastKey)
      await scheduled.end(change, { state: 'done', by: CONSOLE, detail: null })
      log.info({ cluster, scheduled: id, operationId: change.operationId }, 'a scheduled change was carried out')
    } catch (error) {
      if (error instanceof Kept) await refuse(change, error.message)
      else if (!(error instanceof ProblemError) || error.is('outcome-unknown', 'not-applied')) throw error
      else if (error.is('user-not-found', 'key-not-found'))
        await scheduled.end(change, { state: 'done', by: CONSOLE, detail: said`It was gone already` })
      else if (passes(error)) await scheduled.release(change, error.message)
      else await refuse(change, error.message)
    }
  }

  const take = async (change: ScheduledChange): Promise<void> => {
    if (change.state === 'preparing') await settlePreparation(change)
    else if (change.state === 'running') await settleRunning(change)
    else if (isDue(change)) await inTurn(userTurn(parts.cluster, change.userId), () => run(change))
  }

  const work = async (): Promise<void> => {
    if (!isOurs()) return
    for (const change of await scheduled.open(cluster)) {
      await take(change).catch((err: unknown) =>
        log.warn({ err, cluster, scheduled: change.id }, 'a scheduled change could not be looked after'),
      )
    }
  }

  return createRepeat({
    work: () => work().catch((err: unknown) => log.warn({ err }, 'scheduled changes could not be looked after')),
    pauseMs: () => PAUSE_MS,
  })
}

/** What was to be done would have left the user without a key. */
class Kept extends Error {
  override name = 'Kept'
}

const TAKEN_OVER = said`Nothing was sent: another process of the console goes on with this, or somebody stopped it`

/** Nothing was done, and another time it may work. */
const passes = (error: ProblemError): boolean => isAboutGateway(error) || error.is('store-unavailable', 'being-checked')
