/** One step of the schema. Its statements are the same text on both engines and take effect together or not at all. */
export type Migration = {
  name: string
  statements: string[]
  /** Indexes that only PostgreSQL has use for: DuckDB reads columns, and an index there costs memory with every row. */
  onPostgresql?: string[]
}
