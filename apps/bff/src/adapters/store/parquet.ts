import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { fromDuckDb } from './duckdb-values.ts'

const SETTINGS = {
  threads: '2',
  memory_limit: '256MiB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
}

export const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`

export type Parquet = {
  /** Rows of a query over files, some thousand at a time. */
  stream(query: string): AsyncIterable<Record<string, unknown>[]>
  /** A statement that writes a file. */
  run(statement: string): Promise<void>
}

/** A DuckDB in memory that reads and writes files, and nothing else. */
export const withParquet = async <T>(work: (parquet: Parquet) => Promise<T>): Promise<T> => {
  const instance = await DuckDBInstance.create(':memory:', SETTINGS)
  const connection = await instance.connect()
  try {
    await connection.run(`set TimeZone = 'UTC'`)
    return await work({
      stream: (query) => streamed(connection, query),
      run: async (statement) => void (await connection.run(statement)),
    })
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

async function* streamed(connection: DuckDBConnection, query: string) {
  const result = await connection.stream(query)
  yield* result.yieldConvertedRowObjects(fromDuckDb)
}
