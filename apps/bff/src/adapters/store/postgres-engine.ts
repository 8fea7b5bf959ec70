import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import { Pool, types } from 'pg'
import type { Engine } from './duckdb-engine.ts'
import { openLocks } from './postgres-locks.ts'
import { failingAsStore } from './store-failure.ts'

const INT8 = 20
const DATE = 1082
const TIMESTAMP = 1114
const TIMESTAMPTZ = 1184
const NUMERIC = 1700
const BYTEA = 17

const PARSERS: Record<number, (text: string) => unknown> = {
  [INT8]: BigInt,
  // A sum of whole numbers stays exact; an average is a number, as on DuckDB.
  [NUMERIC]: (text) => (/^-?\d+$/.test(text) ? BigInt(text) : Number(text)),
  [DATE]: (text) => new Date(`${text}T00:00:00Z`),
  [TIMESTAMP]: (text) => new Date(`${text.replace(' ', 'T')}Z`),
  [TIMESTAMPTZ]: (text) => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')),
  [BYTEA]: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
}

const getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  (format !== 'binary' && PARSERS[oid]) || types.getTypeParser(oid, format)

export const openPostgres = (databaseUrl: string, onLost: (error: Error) => void): Engine => {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    // Short queries over some ten thousand rows: planning for several processes, compiling, and sorting on the disk each
    // cost more than they save.
    options: '-c max_parallel_workers_per_gather=0 -c jit=off -c work_mem=32MB',
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    types: { getTypeParser },
  })
  // Without a listener a lost connection would end the process, whether it is idle or in use.
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  const locks = openLocks(databaseUrl, onLost)

  return {
    alone: locks.alone,
    dialect: {
      createDriver: () => new GuardedDriver(new PostgresDriver({ pool, onCreateConnection: useUtc })),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
    close: () =>
      failingAsStore(async () => {
        await Promise.all([pool.end(), locks.close()])
      }),
  }
}

const useUtc = async (connection: DatabaseConnection) => {
  await connection.executeQuery(CompiledQuery.raw(`set time zone 'UTC'`))
}

/** Everything of Kysely's own driver, except that failures leave as ours and that the engine closes the pool. */
class GuardedDriver implements Driver {
  readonly #inner: Driver

  constructor(inner: Driver) {
    this.#inner = inner
  }

  init = () => this.#inner.init()
  acquireConnection = async () => new GuardedConnection(await failingAsStore(() => this.#inner.acquireConnection()))
  beginTransaction = (connection: DatabaseConnection, settings: TransactionSettings) =>
    this.#inner.beginTransaction(connection, settings)
  commitTransaction = (connection: DatabaseConnection) => this.#inner.commitTransaction(connection)
  rollbackTransaction = (connection: DatabaseConnection) => this.#inner.rollbackTransaction(connection)
  releaseConnection = async (connection: DatabaseConnection) => {
    if (connection instanceof GuardedConnection) await this.#inner.releaseConnection(connection.inner)
  }
  destroy = async () => {}
}

// PostgreSQL has no NUL in text and would refuse the whole statement; an admin may type one, or a gateway send it.
const withoutNul = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value)

class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection

  constructor(inner: DatabaseConnection) {
    this.inner = inner
  }

  executeQuery = <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
    failingAsStore(() => this.inner.executeQuery<R>({ ...query, parameters: query.parameters.map(withoutNul) }))

  streamQuery = <R>(query: CompiledQuery, chunkSize: number) => this.inner.streamQuery<R>(query, chunkSize)
}
