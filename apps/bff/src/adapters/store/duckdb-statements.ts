import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'
import { LRUCache } from 'lru-cache'

const KEPT_MS = 60_000
const MOST = 100

const onConnections = new WeakMap<DuckDBConnection, LRUCache<string, DuckDBPreparedStatement>>()

const statementsOn = (connection: DuckDBConnection) => {
  const known = onConnections.get(connection)
  if (known) return known
  const fresh = new LRUCache<string, DuckDBPreparedStatement>({
    max: MOST,
    ttl: KEPT_MS,
    dispose: (statement) => statement.destroySync(),
  })
  onConnections.set(connection, fresh)
  return fresh
}

/**
 * Runs one statement, which stays prepared on its connection: to parse and plan it a second time takes longer than most take
 * to run. DuckDB plans one that reads a table whenever it runs. One that failed is prepared anew the next time.
 */
export const withPrepared = async <T>(
  connection: DuckDBConnection,
  sql: string,
  work: (statement: DuckDBPreparedStatement) => Promise<T>,
): Promise<T> => {
  const statements = statementsOn(connection)
  const statement = statements.get(sql) ?? (await connection.prepare(sql))
  try {
    const done = await work(statement)
    if (!statements.has(sql)) statements.set(sql, statement)
    return done
  } catch (error) {
    if (!statements.delete(sql)) statement.destroySync()
    throw error
  }
}
