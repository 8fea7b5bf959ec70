import { PROBLEMS, ProblemError } from '@ostor-console/shared/problem'
import type { Collector as Status } from '@ostor-console/shared/usage'

type Log = Record<'info' | 'warn', (details: object, message: string) => void>
type Parts = { work: () => Promise<void>; log: Log; now: () => Date; cluster: string }
type Failure = { error: unknown; since: Date; times: number }
type Judged = Pick<Status, 'state' | 'detail' | 'since'>

const PAUSE_MS = 60_000
const FIRST_BACK_OFF_MS = 5_000
const LONGEST_BACK_OFF_MS = 300_000
const REFUSED_MS = 900_000

/** Repeats the work, one round at a time: with a pause after a good one, later and later while it fails. */
export const createRounds = ({ work, log, now, cluster }: Parts) => {
  let running: Promise<void> | null = null
  let failure: Failure | null = null
  let timer: NodeJS.Timeout | null = null
  let isStarted = false
  let judged: Judged | null = null

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

  const round = (): Promise<void> => {
    running ??= run().finally(() => {
      running = null
    })
    return running
  }

  const repeat = async (): Promise<void> => {
    await round().catch(() => {})
    if (isStarted) timer = setTimeout(() => void repeat(), pauseAfter(failure)).unref()
  }

  return {
    round,
    start: (): void => {
      if (isStarted) return
      isStarted = true
      void repeat()
    },
    async stop(): Promise<void> {
      isStarted = false
      if (timer) clearTimeout(timer)
      await running?.catch(() => {})
    },

    /** How it goes, judged by what is in the store and how the last round ended. */
    judge(standing: Pick<Status, 'collectedAt' | 'objectsListed' | 'objectsPending'>): Judged {
      const state = failure ? 'failing' : stateOf(standing)
      const since = failure?.since ?? (judged?.state === state ? new Date(judged.since) : now())
      judged = { state, detail: failure && sayable(failure.error), since: since.toISOString() }
      return judged
    },
  }
}

const stateOf = ({
  collectedAt,
  objectsListed,
  objectsPending,
}: Parameters<ReturnType<typeof createRounds>['judge']>[0]) => {
  if (collectedAt === null) return 'starting'
  if (objectsListed === 0) return 'off'
  return objectsPending > 0 ? 'catching-up' : 'up-to-date'
}

/** A refused key stays refused, and asking often could lock it out. */
export const pauseAfter = (failure: Pick<Failure, 'error' | 'times'> | null): number => {
  if (!failure) return PAUSE_MS
  const { error, times } = failure
  if (error instanceof ProblemError && error.is('gateway-key-wrong', 'gateway-key-not-system')) return REFUSED_MS
  return Math.min(FIRST_BACK_OFF_MS * 2 ** (times - 1), LONGEST_BACK_OFF_MS)
}

const sayable = (error: unknown): string => {
  if (!(error instanceof ProblemError)) return PROBLEMS.internal.title
  const { title, detail } = error.problem
  return detail === undefined ? title : `${title}. ${detail}`
}
