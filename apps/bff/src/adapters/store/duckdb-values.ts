import {
  BIGINT,
  BLOB,
  BOOLEAN,
  blobValue,
  DOUBLE,
  DuckDBBlobValue,
  DuckDBDecimalType,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
  HUGEINT,
  JSDuckDBValueConverter,
  LIST,
  listValue,
  SQLNULL,
  TIMESTAMPTZ,
  timestampTZValue,
  VARCHAR,
} from '@duckdb/node-api'

const INT64 = 2n ** 63n

type Bound = { value: DuckDBValue; type: DuckDBType }

/** A parameter as DuckDB takes it. Its type decides how DuckDB compares, so each is named. */
export const toDuckDb = (value: unknown): Bound => {
  if (value === null || value === undefined) return { value: null, type: SQLNULL }
  if (typeof value === 'string') return { value, type: VARCHAR }
  if (typeof value === 'boolean') return { value, type: BOOLEAN }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return { value, type: DOUBLE }
  if (typeof value === 'number') return { value: BigInt(value), type: BIGINT }
  if (typeof value === 'bigint') return { value, type: value >= -INT64 && value < INT64 ? BIGINT : HUGEINT }
  if (value instanceof Date) return { value: timestampTZValue(BigInt(value.getTime()) * 1000n), type: TIMESTAMPTZ }
  if (value instanceof Uint8Array) return { value: blobValue(value), type: BLOB }
  if (Array.isArray(value)) return listOf(value.map(toDuckDb))
  throw new TypeError(`the store has no type for a parameter that is a ${typeof value}`)
}

const listOf = (items: Bound[]): Bound => {
  const type = items.find((item) => item.value !== null)?.type ?? VARCHAR
  return { value: listValue(items.map(({ value }) => value)), type: LIST(type) }
}

/** Whole decimals as bigint and broken ones as number, as the PostgreSQL side reads `numeric`. */
export const fromDuckDb: typeof JSDuckDBValueConverter = (value, type, converter) => {
  if (value !== null && type instanceof DuckDBDecimalType && type.scale === 0) {
    return BigInt(String(value))
  }
  if (value instanceof DuckDBBlobValue) return new Uint8Array(value.bytes)
  return JSDuckDBValueConverter(value, type, converter)
}

/** Some thousand at a time, so that requests are served while a million is read. */
export const rowsOf = async (result: DuckDBResult): Promise<Record<string, unknown>[]> => {
  const rows: Record<string, unknown>[] = []
  for await (const some of result.yieldConvertedRowObjects(fromDuckDb)) for (const row of some) rows.push(row)
  return rows
}
