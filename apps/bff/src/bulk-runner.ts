import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { createPace, type Pace } from './adapters/gateway/pace.ts'
import type { Audit } from './adapters/store/audit.ts'
import type { BulkItems, ItemRow } from './adapters/store/bulk-items.ts'
import type { BulkRuns, RunRow } from './adapters/store/bulk-runs.ts'
import { changeOne, turnOfOne } from './bulk-change.ts'
import { resultOf } from './bulk-failures.ts'
import { learnEnds } from './bulk-learn.ts'
import { createRest } from './bulk-rest.ts'
import { endOf, entryOf } from './bulk-words.ts'
import type { ClusterParts } from './clusters.ts'
import type { KeyShelf } from './features/bulk/key-shelf.ts'
import { changeOf } from './features/bulk/run-view.ts'
import { createRepeat } from './repeat.ts'
import { isAboutGateway } from './writing/about-gateway.ts'
import type { Wait } from './writing/proof.ts'
import type { InTurn } from './writing/turns.ts'
import { asOperation, writerOf } from './writing/writer.ts'

type Parts = {
  cluster: ClusterParts
  runs: BulkRuns
  items: BulkItems
  audit: Audit
  shelf: KeyShelf
  /** The same as that of the requests. */
  inTurn: InTurn
  log: Record<'info' | 'warn' | 'error', (details: object, message: string) => void>
  pace?: Pace
  now?: () => Date
  wait?: Wait
  isOurs?: () => boolean
  /** For how long a run that ended is kept, with its result for each user. */
  resultsDays: number
}

const DAY_MS = 86_400_000
const IDLE_MS = 1000
/** Items in a row, before it is looked what else there is to do. */
const BATCH = 20
const MOST_TRIES = 3

/**
 * Works at the bulk changes of a cluster, one item after the other. An item is claimed in the store before its change is
 * begun, and whatever a process leaves behind is not sent again: how it ended is learned from the audit.
 */
export const createBulkRunner = ({
  cluster,
  runs,
  items,
  audit,
  shelf,
  inTurn,
  log,
  pace = createPace(),
  now = () => new Date(),
  wait = pause,
  isOurs = () => true,
  resultsDays,
}: Parts) => {
  const { id } = cluster.cluster
  const gateway = cluster.openPaced(() => pace.take())
  const paced = pacedParts(cluster, gateway, pace)
  const rest = createRest({ runs, ping: () => gateway.ping(), now })
  const tries = new Map<string, number>()
  const begun = new Set<string>()
  let isBusy = false
  const ending = new AbortController()

  const countsOf = async (run: RunRow) => {
    const counts = (await runs.counts([run.id], now())).get(run.id)
    if (!counts) throw new Error(`the run ${run.id} has no counts`)
    return counts
  }

  const begin = async (run: RunRow): Promise<void> => {
    if (begun.has(run.id) || run.operation_id === null) return
    if (!(await audit.find(id, run.operation_id))) await audit.begin(entryOf(run, await countsOf(run)))
    begun.add(run.id)
  }

  const end = async (run: RunRow): Promise<void> => {
    const detail = endOf(await countsOf(run))
    await begin(run)
    await audit.end(run.operation_id ?? '', { outcome: 'done', detail })
    await runs.move(run.id, ['running', 'stopping'], { state: 'ended', ended_at: now(), rests_because: null })
    log.info({ cluster: id, runId: run.id, detail }, 'bulk change ended')
  }

  /** Answers whether the gateway is to be left alone for a while. */
  const failed = async (run: RunRow, item: ItemRow, operationId: string, isBegun: boolean, error: unknown) => {
    if (error instanceof ProblemError && error.is('store-unavailable')) throw error
    if (!(error instanceof ProblemError)) log.error({ err: error, runId: run.id }, 'an item failed on our side')
    const { action } = changeOf(run)
    const key = `${run.id}/${item.position}`
    const isBusyElsewhere = error instanceof ProblemError && error.is('being-changed')
    if (!(error instanceof ProblemError) || !(isBusyElsewhere || isAboutGateway(error))) {
      await items.finish(run.id, item.position, operationId, resultOf(error, action, now()))
      return false
    }
    const isDown = !isBusyElsewhere && (await rest.isNeeded(run, error))
    const tried = (tries.get(key) ?? 0) + (isDown ? 0 : 1)
    tries.set(key, tried)
    if (tried < MOST_TRIES) await items.release(run.id, item.position, operationId, isBegun)
    else await items.finish(run.id, item.position, operationId, resultOf(error, action, now()))
    return isDown
  }

  const change = async (run: RunRow, item: ItemRow): Promise<boolean> => {
    const operationId = randomUUID()
    const { position, user_id: userId, email } = item
    if (!(await items.claim(run.id, position, operationId))) return false
    let isBegun = false
    const onBegun = async () => {
      if (!(await items.begin(run.id, position, operationId)))
        throw problem('changed-meanwhile', { detail: TAKEN_OVER })
      isBegun = true
    }
    const writer = asOperation(writerOf({ audit, log, actor: run.actor, onBegun }), operationId)
    const target = { userId, email }
    try {
      const made = await inTurn(turnOfOne(cluster, target), () =>
        changeOne(paced, changeOf(run), target, { writer, now, wait }),
      )
      const { key } = made
      if (key) shelf.put(run.id, { email, userId: made.userId, keyId: key.id, secret: key.secret })
      const state = isBegun ? 'done' : 'already'
      await items.finish(run.id, position, operationId, { state, userId: made.userId, endedAt: now() })
      return false
    } catch (error) {
      return failed(run, item, operationId, isBegun, error)
    }
  }

  /** Answers whether there is more to do. */
  const advance = async (run: RunRow): Promise<boolean> => {
    await begin(run)
    pace.set(run.per_second)
    if (!(await rest.isOver(run))) return true
    isBusy = true
    for (let count = 0; count < BATCH && !ending.signal.aborted && isOurs(); count += 1) {
      const state = (await runs.find(id, run.id))?.state
      if (state !== 'running') return true
      const item = await items.next(run.id)
      if (!item) return false
      if (await change(run, item)) {
        isBusy = false
        return true
      }
    }
    return true
  }

  const work = async (): Promise<void> => {
    isBusy = false
    if (!isOurs()) return
    shelf.sweep()
    for (const expired of await runs.expired(id, now())) await runs.remove(expired, 'planned')
    const keptSince = new Date(now().getTime() - resultsDays * DAY_MS)
    for (const old of await runs.endedBefore(id, keptSince)) await runs.remove(old, 'ended')
    await learnEnds({ cluster: id, items, audit, now })
    const active = await runs.active(id)
    const stopping = active.filter(({ state }) => state === 'stopping')
    for (const run of stopping) {
      await items.leave(run.id, now())
      if (await items.isAllLearned(run.id)) await end(run)
    }
    for (const run of active.filter(({ state }) => state !== 'stopping')) {
      if (await advance(run)) return
      if (await items.isAllLearned(run.id)) await end(run)
    }
  }

  const repeat = createRepeat({
    work: () => work().catch((err: unknown) => log.warn({ err, cluster: id }, 'bulk changes could not be worked at')),
    pauseMs: () => (isBusy ? 0 : IDLE_MS),
  })
  return {
    round: repeat.round,
    start: repeat.start,
    /** Resolves when the item that was under way has ended. */
    stop: async (): Promise<void> => {
      ending.abort()
      await repeat.stop()
      await gateway.close()
    },
  }
}

const TAKEN_OVER = said`Nothing was sent: another process of the console goes on with this`

/** The cluster as the items see it: each request waits for its turn, and a new list of users counts as one. */
const pacedParts = (cluster: ClusterParts, gateway: ClusterParts['gateway'], pace: Pace): ClusterParts => {
  const { directory } = cluster
  let seenMs = 0
  const users = async () => {
    const list = await directory.users()
    if (list.asOf.getTime() !== seenMs) await pace.take()
    seenMs = list.asOf.getTime()
    return list
  }
  // What the run itself creates is put into the list, so that it need not be read anew for each.
  return { ...cluster, gateway, directory: { ...directory, users, refreshUsers: users } }
}
