import { said } from '@ostor-console/shared/said'
import { BrokenCircuitError, bulkhead, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import { createPace } from '../gateway/pace.ts'
import { WhmcsError } from './whmcs.ts'

const OPENS_AFTER = 5

const isOutage = (error: unknown): boolean =>
  error instanceof WhmcsError && (error.kind === 'transport' || error.kind === 'timeout')

type Limits = { maxPerSecond: number; maxParallel: number; openMs: number }
export type Clock = { wait: (ms: number) => Promise<unknown>; elapsedMs: () => number }

/** Calls go few at a time and not too fast, and none goes for a while after five in a row found nobody. */
export const createGuard = ({ maxPerSecond, maxParallel, openMs }: Limits, clock?: Clock) => {
  const failures = new ConsecutiveBreaker(OPENS_AFTER)
  const breaker = circuitBreaker(handleWhen(isOutage), { breaker: failures, halfOpenAfter: openMs })
  const few = bulkhead(maxParallel, Number.MAX_SAFE_INTEGER)
  const pace = createPace({ perSecond: maxPerSecond, ...clock })

  const inTurn = <T>(call: () => Promise<T>): Promise<T> =>
    few.execute(async () => {
      await pace.take()
      return call()
    })

  return {
    run: async <T>(call: () => Promise<T>): Promise<T> => {
      try {
        return await breaker.execute(() => inTurn(call))
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error
        const message = said`WHMCS did not answer ${OPENS_AFTER} times in a row, and is left alone for ${openMs / 1000} s`
        throw new WhmcsError('transport', message, false)
      }
    },

    /** Goes whatever was before; once it is answered the others may go too. */
    probe: async <T>(call: () => Promise<T>): Promise<T> => {
      const answer = await inTurn(call)
      if (breaker.state === CircuitState.Open) {
        failures.success()
        breaker.isolate().dispose()
      }
      return answer
    },
  }
}
