import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  type IRetryBackoffContext,
  retry,
} from 'cockatiel'
import { asProblem, isCut, refusalOf } from './failures.ts'

const MOST_RETRIES = 2
const FIRST_PAUSE_MS = 150
const OPENS_AFTER = 5
const OPEN_MS = 5000
const NOT_IMPLEMENTED = 501

/** Another try of a read can help: the gateway was busy, or the answer was lost or cut on its way. */
const isPassing = (error: unknown): boolean => {
  const failure = asProblem(error)
  const status = refusalOf(error)?.status
  if (status !== undefined) return status === 429 || (status >= 500 && status !== NOT_IMPLEMENTED)
  return failure?.is('gateway-unreachable') === true || (failure?.is('gateway-bad-reply') === true && isCut(failure))
}

const pauseMs = (context: IRetryBackoffContext<unknown>, random: () => number): number => {
  const failure = 'error' in context.result ? asProblem(context.result.error) : null
  const asked = (failure?.problem.retryAfterSeconds ?? 0) * 1000
  return Math.max(asked, random() * FIRST_PAUSE_MS * 2 ** context.attempt)
}

/** Runs reads: up to three tries inside one deadline, and none for a while after several calls in a row failed. */
export const createReads = (random: () => number) => {
  const failures = new ConsecutiveBreaker(OPENS_AFTER)
  const breaker = circuitBreaker(
    handleWhen((error) => asProblem(error)?.is('gateway-unreachable') === true),
    { breaker: failures, halfOpenAfter: OPEN_MS },
  )

  /** The gateway answered a call that did not run here: it need not be left alone any longer. */
  const answered = (): void => {
    if (breaker.state !== CircuitState.Open) return
    failures.success()
    breaker.isolate().dispose()
  }

  const run = async <T>(timeoutMs: number, read: (remainingMs: number) => Promise<T>): Promise<T> => {
    const deadline = performance.now() + timeoutMs
    const remainingMs = () => Math.max(1, Math.ceil(deadline - performance.now()))
    const inTime = (error: unknown): boolean =>
      (asProblem(error)?.problem.retryAfterSeconds ?? 0) * 1000 + FIRST_PAUSE_MS < remainingMs()

    const tries = retry(
      handleWhen((error) => isPassing(error) && inTime(error)),
      {
        maxAttempts: MOST_RETRIES,
        backoff: new DelegateBackoff((context: IRetryBackoffContext<unknown>) => pauseMs(context, random)),
      },
    )
    try {
      return await breaker.execute(() => tries.execute(() => read(remainingMs())))
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error
      const detail = said`The gateway did not answer several times in a row; it is asked again in a few seconds`
      throw problem('gateway-unreachable', { detail, retryAfterSeconds: OPEN_MS / 1000 }, { cause: error })
    }
  }
  return { run, answered }
}
