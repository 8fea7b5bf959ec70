import type { Collector as Status } from '@ostor-console/shared/collector'
import { PROBLEMS, ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { createRepeat } from '../../repeat.ts'

type Log = Record<'info' | 'warn', (details: object, message: string) => void>
type Parts = {
  work: () => Promise<void>
  log: Log
  now: () => Date
  cluster: string
  /** Whether it is this process that collects. */
  isOurs: () => boolean
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
export const createRounds = ({ work, log, now, cluster, isOurs }: Parts) => {
  let failure: Failure | null = null
  let judged: Judged | null = null
  let unread: Failure | null = null

  const run = async (): Promise<void> => {
    try {
      await work()
      if (failure) log.info({ cluster }, 'statistics are collected again')
      failure = null
    } catch (error) {
      failure = { error, since: failure?.since ?? now(), times: (failure?.times ?? 0) + 1 }
      log.warn({ cluster, err: error }, 'statistics could not be collected')
      throw error
    }
  }

  const { round, start, stop } = createRepeat({
    work: run,
    pauseMs: () => (isOurs() ? pauseAfter(failure) : STANDBY_MS),
    isDue: isOurs,
  })

  return {
    round,
    start: (): void => void start(),
    stop,

    /** How it goes, judged by what is in the store, how the last round ended, and whether the store answered just now. */
    judge(standing: Standing, readFailure: unknown = null): Judged {
      unread = readFailure === null ? null : (unread ?? { error: readFailure, since: now(), times: 1 })
      // Without the store the lease runs out, which does not mean that another process collects.
      const trouble = unread ?? (isOurs() ? failure : null)
      const state = trouble ? failing(trouble) : isOurs() ? stateOf(standing) : 'standby'
      const since = trouble?.since ?? (judged?.state === state ? new Date(judged.since) : now())
      judged = { state, detail: trouble && sayable(trouble.error), since: since.toISOString() }
      return judged
    },
  }
}

const failing = ({ error }: Failure) => (isStoreFailure(error) ? 'store-failing' : 'failing')

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
