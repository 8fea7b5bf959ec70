import type { Migration } from '../migration.ts'

// No key: a list is replaced as a whole, which DuckDB does not do within a transaction where there is one.
export const keptLists: Migration = {
  name: '019-kept-lists',
  statements: [
    `create table kept_lists (
      cluster_id text not null,
      list text not null,
      endpoint text not null,
      as_of timestamptz not null,
      part integer not null,
      body bytea not null
    )`,
  ],
}
