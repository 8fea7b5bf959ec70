import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, sql, type Transaction } from 'kysely'
import { beginChain } from './audit-chain.ts'
import { openDuckDb } from './duckdb-engine.ts'
import { migrate } from './migrations.ts'
import { openPostgres } from './postgres-engine.ts'
import type { Schema } from './schema.ts'
import { isSerializationFailure } from './store-failure.ts'

export type StoreConfig = { databaseUrl?: string | undefined; folder: string }
type Log = { warn: (details: object, message: string) => void }

export type Store = {
  db: Kysely<Schema>
  engine: 'duckdb' | 'postgresql'
  /**
   * Transactions behave as if they ran one after another, on both engines. On PostgreSQL the work may run again after
   * a conflict, so it must do nothing but talk to `tx`. Inside, write through `tx` only: on DuckDB a write through
   * `db` would wait for this very transaction.
   */
  transaction<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T>
  /** Reads that all see the store as it was at one instant. Nothing can be written through `tx`. */
  snapshot<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T>
  /**
   * Works while no other process on the store works on the subject. Within a process, work on one subject takes turns
   * already (`writing/turns.ts`).
   */
  alone: <T>(subject: string, work: () => Promise<T>) => Promise<T>
  /** Rejects with `store-unavailable` when the engine does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

const ATTEMPTS = 10
const AGAIN_MS = 20

/** Opens the store that the settings name and brings its schema up to date. Rejects with `StoreLocked` when another console has the folder. */
export const openStore = async ({ databaseUrl, folder }: StoreConfig, { log }: { log?: Log } = {}): Promise<Store> => {
  // The error itself carries the driver's whole client, with all that was being sent.
  const lost = ({ message: reason }: Error) => log?.warn({ reason }, 'connection to the store lost')
  const engine = databaseUrl ? 'postgresql' : 'duckdb'
  const { dialect, alone, close } = databaseUrl ? openPostgres(databaseUrl, lost) : await openDuckDb(folder)
  const db = new Kysely<Schema>({ dialect })
  try {
    await migrate({ db, engine })
    await beginChain({ db, engine })
  } catch (error) {
    await close().catch(lost)
    throw error
  }

  return {
    db,
    engine,
    transaction: async (work) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await db.transaction().setIsolationLevel('serializable').execute(work)
        } catch (error) {
          if (attempt === ATTEMPTS || !isSerializationFailure(error)) throw error
          await wait(attempt * AGAIN_MS)
        }
      }
    },
    snapshot: (work) => db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(work),
    alone,
    ping: async () => {
      await sql`select 1`.execute(db)
    },
    close: async () => {
      await db.destroy()
      await close()
    },
  }
}
