import type { Migration } from '../migration.ts'

// What the store cannot say of an existing table on DuckDB stands in tables of their own. Spans have no key: they end later.
export const billedOwners: Migration = {
  name: '018-billed-owners',
  statements: [
    `create table billing_manifests (
      month text collate "C" primary key,
      sha256 text not null
    )`,
    `create table client_link_spans (
      cluster_id text collate "C" not null,
      user_id text collate "C" not null,
      client_id integer not null,
      since timestamptz not null,
      until timestamptz
    )`,
    `insert into client_link_spans (cluster_id, user_id, client_id, since, until)
      select cluster_id, user_id, client_id, linked_at, null from client_links`,
  ],
  onPostgresql: [`create index client_link_spans_by_user on client_link_spans (cluster_id, user_id)`],
}
