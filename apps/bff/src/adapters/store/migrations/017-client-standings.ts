import type { Migration } from '../migration.ts'

// No key: it is replaced as a whole, which DuckDB does not do within a transaction where there is one.
export const clientStandings: Migration = {
  name: '017-client-standings',
  statements: [
    `create table client_standings (
      client_id integer not null,
      email text not null,
      services text
    )`,
  ],
}
