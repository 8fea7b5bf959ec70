import { setTimeout as wait } from 'node:timers/promises'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { Pool } from 'pg'
import { failingAsStore } from './store-failure.ts'

const ASK_AGAIN_MS = 50
// Longer than most changes at the gateway take. A process that was suspended keeps its locks.
const LONGEST_MS = 60_000

/**
 * Locks that every process on the database sees, on one connection of their own. When the process ends, or the
 * connection is lost, they are free.
 */
export const openLocks = (
  databaseUrl: string,
  onLost: (error: Error) => void,
  { longestMs = LONGEST_MS }: { longestMs?: number } = {},
) => {
  const open = (): Pool => {
    const pool = new Pool({
      connectionString: databaseUrl,
      max: 1,
      // An idle connection holds locks.
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
      keepAlive: true,
    })
    pool.on('error', onLost)
    pool.on('connect', (client) => client.on('error', onLost))
    return pool
  }
  let pool = open()

  const ask = async (call: 'pg_try_advisory_lock' | 'pg_advisory_unlock', subject: string): Promise<boolean> => {
    const statement = `select ${call}(hashtextextended($1, 0)) as done`
    const { rows } = await failingAsStore(() => pool.query<{ done: boolean }>(statement, [subject]))
    return rows[0]?.done === true
  }

  const lock = async (subject: string): Promise<void> => {
    const before = performance.now()
    while (!(await ask('pg_try_advisory_lock', subject))) {
      if (performance.now() - before > longestMs) throw problem('being-changed', { detail: ELSEWHERE })
      await wait(ASK_AGAIN_MS)
    }
  }

  const unlock = async (subject: string): Promise<void> => {
    try {
      await ask('pg_advisory_unlock', subject)
    } catch {
      // With its connection the lock goes, whatever the database made of the question.
      const broken = pool
      pool = open()
      broken.end().catch(onLost)
    }
  }

  return {
    /** Rejects with `being-changed` when another process does not give the subject up. */
    alone: async <T>(subject: string, work: () => Promise<T>): Promise<T> => {
      await lock(subject)
      try {
        return await work()
      } finally {
        await unlock(subject)
      }
    },
    close: (): Promise<void> => pool.end(),
  }
}

const ELSEWHERE = said`Another process of the console has been working on it for a minute`
