import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { Pool } from 'pg'
import { failingAsStore } from './store-failure.ts'

const ASK_AGAIN_MS = 50
// A page gives up after 45 s, and the write itself comes after the wait. A process that was suspended keeps its locks.
const LONGEST_MS = 15_000

/**
 * Locks that every process on the database sees, on one connection of their own. When the process ends, or the
 * connection is lost, they are free.
 */
export const openLocks = (
  databaseUrl: string,
  onLost: (error: Error) => void,
  { longestMs = LONGEST_MS }: { longestMs?: number } = {},
) => {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 1,
    // An idle connection holds locks, and must be known to be there on both sides.
    idleTimeoutMillis: 0,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
    query_timeout: 10_000,
    connectionTimeoutMillis: 20_000,
  })
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))

  const ask = async (call: 'pg_try_advisory_lock' | 'pg_advisory_unlock', subject: string): Promise<boolean> => {
    const key = createHash('sha256').update(subject).digest().readBigInt64BE()
    const statement = `select ${call}($1::bigint) as done`
    const { rows } = await failingAsStore(() => pool.query<{ done: boolean }>(statement, [key]))
    return rows[0]?.done === true
  }

  const lock = async (subject: string): Promise<void> => {
    const before = performance.now()
    while (!(await ask('pg_try_advisory_lock', subject))) {
      if (performance.now() - before > longestMs) throw problem('being-changed', { detail: ELSEWHERE })
      await wait(ASK_AGAIN_MS)
    }
  }

  return {
    /** Rejects with `being-changed` when another process does not give the subject up. */
    alone: async <T>(subject: string, work: () => Promise<T>): Promise<T> => {
      await lock(subject)
      try {
        return await work()
      } finally {
        // A question that fails costs the connection, and the locks go with it.
        await ask('pg_advisory_unlock', subject).catch(() => {})
      }
    },
    close: (): Promise<void> => pool.end(),
  }
}

const ELSEWHERE = said`Another process of the console is working on it`
