import { type DuckDBConnection, StatementType } from '@duckdb/node-api'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { Connections, Slot } from './duckdb-connections.ts'
import { withPrepared } from './duckdb-statements.ts'
import { rowsOf, toDuckDb } from './duckdb-values.ts'
import type { Lease } from './leases.ts'
import { failingAsStore } from './store-failure.ts'

/**
 * What DuckDB needs from us, so that it behaves like PostgreSQL:
 * - Two writers that touch the same row end with a conflict error, so there is one writing connection and a queue
 *   before it; readers have connections of their own and see the last committed state.
 * - A statement outside a transaction takes the writing connection unless it is known to read only.
 * - A rollback without a transaction is an error, and a failed commit has rolled back already.
 */
export class DuckDbDriver implements Driver {
  readonly #connections: Connections

  constructor(connections: Connections) {
    this.#connections = connections
  }

  async init() {}

  async acquireConnection() {
    return new DuckDbSession(this.#connections)
  }

  beginTransaction = (session: DatabaseConnection, settings: TransactionSettings) => own(session).begin(settings)
  commitTransaction = (session: DatabaseConnection) => own(session).end('commit')
  rollbackTransaction = (session: DatabaseConnection) => own(session).end('rollback')

  async releaseConnection(session: DatabaseConnection) {
    own(session).release()
  }

  async destroy() {}
}

const own = (session: DatabaseConnection): DuckDbSession => {
  if (session instanceof DuckDbSession) return session
  throw new TypeError('this connection belongs to another store')
}

export class DuckDbSession implements DatabaseConnection {
  readonly #connections: Connections
  #transaction: Lease<Slot> | null = null

  constructor(connections: Connections) {
    this.#connections = connections
  }

  async begin({ accessMode }: TransactionSettings) {
    const readOnly = accessMode === 'read only'
    this.#transaction = await failingAsStore(() => this.#connections.borrow(readOnly))
    await this.executeQuery(CompiledQuery.raw(readOnly ? 'begin transaction read only' : 'begin transaction'))
  }

  async end(command: 'commit' | 'rollback') {
    try {
      await this.executeQuery(CompiledQuery.raw(command))
    } catch (error) {
      if (command === 'commit') throw error
    }
    if (command === 'commit') this.release()
  }

  release() {
    this.#transaction?.release()
    this.#transaction = null
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return failingAsStore(() => this.withConnection((connection) => run<R>(connection, query), readsOnly(query)))
  }

  /** The connection of the transaction, or one lent for this piece of work. */
  async withConnection<T>(work: (connection: DuckDBConnection) => Promise<T>, reading = false): Promise<T> {
    if (this.#transaction) return this.#connections.use(this.#transaction, work)
    const lease = await this.#connections.borrow(reading)
    try {
      return await this.#connections.use(lease, work)
    } finally {
      lease.release()
    }
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the DuckDB driver does not stream')
  }
}

const readsOnly = ({ query, sql }: CompiledQuery) =>
  query.kind === 'SelectQueryNode' ||
  (/^\s*(select|with|copy\s*\()/i.test(sql) && !/\b(insert|update|delete|nextval)\b/i.test(sql))

const run = async <R>(connection: DuckDBConnection, { sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
  const result = await execute(connection, sql, parameters)
  const affected = { numAffectedRows: BigInt(result.rowsChanged) }
  if (!answersRows(result.statementType, result.columnNames())) return { rows: [], ...affected }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the query's author names the row
  return { rows: (await rowsOf(result)) as R[], ...affected }
}

/** One with more parameters brings many rows, is seldom written alike, and would keep them all. */
const MOST_KEPT = 50

const execute = async (connection: DuckDBConnection, sql: string, parameters: readonly unknown[]) => {
  // One without parameters is a step of a transaction or of a migration.
  if (parameters.length === 0) return connection.run(sql)
  const bound = parameters.map(toDuckDb)
  const [values, types] = [bound.map(({ value }) => value), bound.map(({ type }) => type)]
  if (bound.length > MOST_KEPT) return connection.run(sql, values, types)
  return withPrepared(connection, sql, (statement) => {
    statement.bind(values, types)
    return statement.run()
  })
}

// Without RETURNING a change answers one row with the column "Count", which PostgreSQL does not.
const CHANGES = [StatementType.INSERT, StatementType.UPDATE, StatementType.DELETE]
const answersRows = (type: StatementType, columns: string[]) =>
  !CHANGES.includes(type) || columns.length !== 1 || columns[0] !== 'Count'

export const duckDbDialect = (driver: DuckDbDriver) => ({
  createDriver: () => driver,
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
})
