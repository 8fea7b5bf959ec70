import type { Collector as Status } from '@ostor-console/shared/collector'
import { PROBLEMS, ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { CollectorTrouble, Trouble } from '../../adapters/store/collector-trouble.ts'
import { createRepeat } from '../../repeat.ts'

type Log = Record<'info' | 'warn', (details: object, message: string) => void>
type Parts = {
  work: () => Promise<void>
  log: Log
  now: () => Date
  cluster: string
  /** Whether it is this process that collects. */
  isOurs: () => boolean
  /** Where the processes that do not collect read how it goes. */
  trouble: Pick<CollectorTrouble, 'tell'>
}
type Failure = { error: unknown; since: Date; times: number }
type Judged = Pick<Status, 'state' | 'detail' | 'since'>
type Standing = Pick<Status, 'collectedAt' | 'objectsListed' | 'objectsPending'>

const PAUSE_MS = 60_000
const STANDBY_MS = 5_000
const FIRST_BACK_OFF_MS = 5_000
const LONGEST_BACK_OFF_MS = 300_000
const LONGEST_FOR_STORE_MS = 30_000
const REFUSED_MS = 900_000

/** Repeats the work, one round at a time: with a pause after a good one, later and later while it fails. */
export const createRounds = ({ work, log, now, cluster, isOurs, trouble }: Parts) => {
  let failure: Failure | null = null
  let judged: Judged | null = null
  let unread: Failure | null = null

  /** After every round: another process may have told something else meanwhile. */
  const tellOthers = async (): Promise<void> => {
    if (!isOurs()) return
    const news = failure && {
      state: failing(failure),
      detail: sayable(failure.error),
      since: failure.since.toISOString(),
    }
    await trouble
      .tell(news)
      .catch((err: unknown) => log.warn({ cluster, err }, 'the other processes are not told how collecting goes'))
  }

  let wasOurs = false

  const run = async (): Promise<void> => {
    if (!wasOurs) {
      // What was before is over, here and wherever else it was collected.
      failure = null
      await tellOthers()
    }
    wasOurs = true
    try {
      await work()
      if (failure) log.info({ cluster }, 'statistics are collected again')
      failure = null
      await tellOthers()
    } catch (error) {
      failure = { error, since: failure?.since ?? now(), times: (failure?.times ?? 0) + 1 }
      log.warn({ cluster, err: error }, 'statistics could not be collected')
      await tellOthers()
      throw error
    }
  }

  const isDue = (): boolean => {
    wasOurs &&= isOurs()
    return isOurs()
  }

  const { round, start, stop } = createRepeat({
    work: run,
    pauseMs: () => (isOurs() ? pauseAfter(failure) : STANDBY_MS),
    isDue,
  })

  return {
    round,
    start: (): void => void start(),
    stop,

    /**
     * How it goes, judged by what is in the store, how the last round ended, here or in the process that collects, and whether
     * the store answered just now.
     */
    judge(standing: Standing, elsewhere: Trouble | null = null, readFailure: unknown = null): Judged {
      unread = readFailure === null ? null : (unread ?? { error: readFailure, since: now(), times: 1 })
      // Without the store the lease runs out, which does not mean that another process collects.
      const own = unread ?? (isOurs() ? failure : null)
      if (!own && !isOurs() && elsewhere) return elsewhere
      const state = own ? failing(own) : isOurs() ? stateOf(standing) : 'standby'
      const since = own?.since ?? (judged?.state === state ? new Date(judged.since) : now())
      judged = { state, detail: own && sayable(own.error), since: since.toISOString() }
      return judged
    },
  }
}

const failing = ({ error }: Failure): Trouble['state'] => (isStoreFailure(error) ? 'store-failing' : 'failing')

const isStoreFailure = (error: unknown): boolean => error instanceof ProblemError && error.is('store-unavailable')

const stateOf = ({ collectedAt, objectsListed, objectsPending }: Standing) => {
  if (collectedAt === null) return 'starting'
  if (objectsListed === 0) return 'off'
  return objectsPending > 0 ? 'catching-up' : 'up-to-date'
}

/** A refused key stays refused, and asking often could lock it out. */
export const pauseAfter = (failure: Pick<Failure, 'error' | 'times'> | null): number => {
  if (!failure) return PAUSE_MS
  const { error, times } = failure
  if (error instanceof ProblemError && error.is('gateway-key-wrong', 'gateway-key-not-system')) return REFUSED_MS
  const longest = isStoreFailure(error) ? LONGEST_FOR_STORE_MS : LONGEST_BACK_OFF_MS
  return Math.min(FIRST_BACK_OFF_MS * 2 ** (times - 1), longest)
}

const STORE_FAILS = said`The store takes nothing now. Nothing is collected and nothing is deleted until it does again; what waits stays at the gateway.`

const sayable = (error: unknown): string => {
  if (isStoreFailure(error)) return STORE_FAILS
  if (!(error instanceof ProblemError)) return PROBLEMS.internal.title
  const { title, detail } = error.problem
  return detail === undefined ? title : `${title}. ${detail}`
}
