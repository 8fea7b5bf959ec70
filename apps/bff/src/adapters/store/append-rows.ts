import { setImmediate } from 'node:timers/promises'
import { type DuckDBConnection, DuckDBDataChunk, JSToDuckDBValueConverter } from '@duckdb/node-api'
import { CompiledQuery, type DialectAdapter, type Insertable, type Kysely, sql } from 'kysely'
import { DuckDbSession } from './duckdb-driver.ts'
import type { Schema } from './schema.ts'
import { failingAsStore } from './store-failure.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]
type Column = { name: string; type: string }

// DuckDB's own vector size.
const DUCKDB_ROWS = 2048
// A statement of a megabyte, put together in some 70 ms: while the server takes it, the next rows are read.
const POSTGRESQL_ROWS = 8_192

/** Adds many rows at once, inside the transaction when `db` is one. Every row names every column of the table, `null` included. */
export const appendRows = <T extends keyof Schema>(
  db: Kysely<Schema>,
  table: T,
  rows: readonly Required<Insertable<Schema[T]>>[],
): Promise<void> => appendUnknown(db, table, rows)

/** The same for rows that come from a table of this shape, and so need no look at each. */
export const appendUnknown = async (db: Kysely<Schema>, table: keyof Schema, rows: Rows): Promise<void> => {
  if (rows.length === 0) return
  const columns = await columnsOf(db, table)
  refuseGaps(table, columns, rows)
  await db.getExecutor().provideConnection(async (connection) => {
    if (connection instanceof DuckDbSession) {
      await failingAsStore(() => connection.withConnection((duckDb) => appendToDuckDb(duckDb, table, columns, rows)))
      return
    }
    for (const part of parts(rows, POSTGRESQL_ROWS)) await connection.executeQuery(insertArrays(table, columns, part))
  })
}

// Of one store each: its adapter is the same inside and outside of a transaction.
const known = new WeakMap<DialectAdapter, Map<string, Column[]>>()

const columnsOf = async (db: Kysely<Schema>, table: string): Promise<Column[]> => {
  const { adapter } = db.getExecutor()
  const ofStore = known.get(adapter) ?? new Map<string, Column[]>()
  known.set(adapter, ofStore)
  const columns = ofStore.get(table) ?? (await readColumns(db, table))
  if (columns.length > 0) ofStore.set(table, columns)
  return columns
}

const readColumns = async (db: Kysely<Schema>, table: string): Promise<Column[]> => {
  const { rows } = await sql<Column>`
    select column_name as name, data_type as type from information_schema.columns
    where table_name = ${table} and table_schema = current_schema() order by ordinal_position
  `.execute(db)
  return rows
}

const refuseGaps = (table: string, columns: Column[], rows: Rows) => {
  for (const { name } of columns) {
    if (rows.some((row) => row[name] === undefined)) throw new TypeError(`rows for ${table} lack the column ${name}`)
  }
}

const parts = function* (rows: Rows, size: number) {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

/** Into a table of exactly these columns. */
const appendToDuckDb = async (
  connection: DuckDBConnection,
  table: string,
  columns: Column[],
  rows: Rows,
): Promise<void> => {
  const appender = await connection.createAppender(table)
  try {
    const types = columns.map((_, index) => appender.columnType(index))
    for (const part of parts(rows, DUCKDB_ROWS)) {
      const chunk = DuckDBDataChunk.create(types, part.length)
      chunk.setColumnsConverted(
        columns.map(({ name }) => part.map((row) => cell(row[name]))),
        JSToDuckDBValueConverter,
      )
      appender.appendDataChunk(chunk)
      // The appender works on this thread; requests get their turn between the chunks.
      await setImmediate()
    }
    appender.flushSync()
  } finally {
    appender.closeSync()
  }
}

type Cell = string | number | bigint | boolean | Date | Uint8Array | null

const cell = (value: unknown): Cell => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (value instanceof Date || value instanceof Uint8Array) return value
  throw new TypeError(`the store has no type for a ${typeof value}`)
}

const insertArrays = (table: string, columns: Column[], rows: Rows) =>
  CompiledQuery.raw(
    `insert into "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')})
     select * from unnest(${columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')})`,
    columns.map(({ name }) => rows.map((row) => row[name])),
  )
