import type { Action, Outcome } from '@ostor-console/shared/audit'
import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { collectRequestIds } from '../adapters/gateway/request-ids.ts'
import type { Audit } from '../adapters/store/audit.ts'

export type WriteEntry = {
  cluster: string
  action: Action
  /** E-mail, bucket, key id or object name, as it is called now. */
  target: string
  userId?: string
  bucket?: string
  before?: AuditFields
  /** What is wanted. */
  after?: AuditFields
  /** The answer holds a secret, which is handed over only when it stands in the audit that it was. */
  handsOver?: boolean
  /** Chosen by whoever has to find the operation again after a crash. */
  operationId?: string
}

/** What only the answer told, for the audit. Never a secret. */
export type Learned = { userId?: string; after?: AuditFields; detail?: string }

export type Writer = {
  /**
   * Makes one write at the gateway between two audit rows: what is to be done, before, and how it ended, after. When
   * the first row cannot be written, nothing is sent. `call` runs once and may tell what it learned.
   */
  write<T>(entry: WriteEntry, call: (learn: (learned: Learned) => void) => Promise<T>): Promise<T>
}

type Parts = {
  audit: Pick<Audit, 'begin' | 'end'>
  log: Record<'info' | 'error', (details: object, message: string) => void>
  /** E-mail of the admin who wants it. */
  actor: string
  /** From where they asked. */
  address?: string
  /** Whether anybody is there to take the answer; a secret is handed over to nobody else. */
  isAwaited?: () => boolean
  /** Called when the operation stands in the audit, before the call is made; when it throws a problem, nothing is sent. */
  onBegun?: () => Promise<void>
}

const PAST: Partial<Record<Action, string>> = {
  'user.create': 'user created',
  'user.enable': 'user enabled',
  'user.disable': 'user disabled',
  'user.delete': 'user deleted',
  'key.create': 'key created',
  'key.revoke': 'key revoked',
  'account.create': 'account created',
  'account.delete': 'account deleted',
  'account-key.create': 'key of an account created',
  'account-key.revoke': 'key of an account revoked',
  'limits.change': 'limits changed',
  'limits.remove': 'limits removed',
  'quota.change': 'quota changed',
  'quota.default': 'default quota changed',
  'scheduled.add': 'change scheduled',
  'scheduled.move': 'scheduled change moved',
  'scheduled.stop': 'scheduled change stopped',
  'statistics.delete': 'statistics object deleted',
  'statistics.decide': 'statistics object decided about',
  'gap.decide': 'gap decided about',
}

/** Every write at a gateway goes through here, so that none is blind, silent or unrecorded. */
export const writerOf = ({ audit, log, actor, address, onBegun, isAwaited = () => true }: Parts): Writer => ({
  async write(entry, call) {
    const { cluster, action, target, userId = null, bucket = null, before = null, after = null } = entry
    const id = await audit.begin({
      actor,
      action,
      cluster,
      target,
      userId,
      bucket,
      before,
      after,
      ...(entry.operationId !== undefined && { operationId: entry.operationId }),
      ...(address !== undefined && { address }),
    })
    const requestIds: string[] = []

    let learned: Learned = {}
    const end = async (outcome: Outcome, detail?: string) => {
      const ids = { cluster, userId: learned.userId ?? userId, bucket, ...learned.after, operationId: id, outcome }
      log.info({ ...ids, detail }, outcome === 'done' ? (PAST[action] ?? action) : `${action} ended ${outcome}`)
      // The write is made: an audit that fails now must not hide how it ended.
      const handsOver = outcome === 'done' && entry.handsOver === true
      const learnt = { ...learned, outcome, requestIds, ...(detail !== undefined && { detail }) }
      await audit.end(id, learnt, { onlyFirst: handsOver }).catch((error: unknown) => {
        log.error({ err: error, operationId: id }, 'outcome not recorded')
        if (handsOver) throw problem('outcome-unknown', { detail: UNRECORDED }, { cause: error })
      })
    }

    try {
      await onBegun?.()
      const learn = (more: Learned) => {
        learned = { ...learned, ...more }
      }
      const result = await collectRequestIds(requestIds, () => call(learn))
      if (entry.handsOver && !isAwaited()) throw problem('outcome-unknown', { detail: NOBODY_WAITS })
      await end('done', learned.detail)
      return result
    } catch (error) {
      const failure = failureOf(error, id)
      await end(failure.is('outcome-unknown', 'not-applied') ? 'unknown' : 'refused', failure.message)
      throw failure
    }
  },
})

/** Makes one write under an id that stands in the store before it begins, with a sentence for the audit. */
export const asOperation = (writer: Writer, operationId: string, detail?: string): Writer => ({
  write: (entry, call) =>
    writer.write({ ...entry, operationId }, (learn) => {
      if (detail !== undefined) learn({ detail })
      return call(learn)
    }),
})

const NOBODY_WAITS = said`Nobody waited for the answer any more, so nobody saw its secret`
const UNRECORDED = said`It was done, but that could not be written down, so its secret is not shown`

/** What is not a problem is a fault of ours in the middle of a write, which proves nothing about the gateway. */
const failureOf = (error: unknown, operationId: string): ProblemError => {
  if (!(error instanceof ProblemError)) return problem('outcome-unknown', { operationId }, { cause: error })
  if (!error.is('outcome-unknown')) return error
  return new ProblemError({ ...error.problem, operationId }, { cause: error.cause ?? error })
}
