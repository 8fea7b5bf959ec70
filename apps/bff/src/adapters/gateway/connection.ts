import type { Connection, ConnectionState } from '@ostor-console/shared/cluster'
import type { ProblemError, ProblemKind } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { asProblem } from './failures.ts'
import type { Gateway, Seen } from './gateway.ts'

export type ConnectionMonitor = ReturnType<typeof createConnection>

const STATES: [ProblemKind, ConnectionState][] = [
  ['gateway-unreachable', 'unreachable'],
  ['gateway-tls', 'tls'],
  ['gateway-key-wrong', 'wrong-key'],
  ['gateway-key-not-system', 'not-system-user'],
  ['gateway-clock', 'clock'],
  ['gateway-not-ostor', 'not-ostor'],
]

/** What a call was refused for, other than these, is no fault of the connection. */
const stateOf = (failure: ProblemError | null): ConnectionState =>
  STATES.find(([kind]) => failure?.is(kind))?.[1] ?? 'ok'

/** What stands between the console and the gateway, learned from every call. */
export const createConnection = (
  gateway: Pick<Gateway, 'ping' | 'watch'>,
  { now = () => new Date() }: { now?: () => Date } = {},
) => {
  const start = now().toISOString()
  let connection: Connection = {
    state: 'unreachable',
    since: start,
    checkedAt: start,
    detail: said`The gateway was not asked yet`,
    clockSkewSeconds: null,
    lastOkAt: null,
    latencyMs: null,
  }

  const enter = (state: ConnectionState, at: string, failure: ProblemError | null, seen: Partial<Seen> = {}): void => {
    connection = {
      state,
      since: state === connection.state ? connection.since : at,
      checkedAt: at,
      detail: state === 'ok' ? null : (failure?.message ?? null),
      clockSkewSeconds: seen.clockSkewSeconds ?? connection.clockSkewSeconds,
      lastOkAt: state === 'ok' ? at : connection.lastOkAt,
      latencyMs: state === 'ok' ? (seen.latencyMs ?? connection.latencyMs) : connection.latencyMs,
    }
  }

  gateway.watch((seen) => {
    // An answer that cannot be read says nothing of the connection as a whole.
    if (seen.problem?.is('gateway-bad-reply')) return
    enter(stateOf(seen.problem), seen.at.toISOString(), seen.problem, seen)
  })

  return {
    /** Until the first call has ended, `unreachable` with the detail that it was not asked yet. */
    state: (): Connection => connection,

    async check(): Promise<Connection> {
      try {
        await gateway.ping()
      } catch (error) {
        const failure = asProblem(error)
        if (!failure) throw error
        if (failure.is('gateway-bad-reply')) enter('not-ostor', now().toISOString(), failure)
        if (failure.is('gateway-refused')) enter('refused', now().toISOString(), failure)
      }
      return connection
    },
  }
}
