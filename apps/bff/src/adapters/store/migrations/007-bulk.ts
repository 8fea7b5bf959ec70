import type { Migration } from '../migration.ts'

// Items have no key: all that changes of one is found by run and position, and DuckDB needs no index for that.
export const bulk: Migration = {
  name: '007-bulk',
  statements: [
    `create table bulk_runs (
      id text collate "C" primary key,
      cluster_id text not null,
      actor text not null,
      change text not null,
      source text not null,
      rerun_of text,
      state text not null,
      per_second integer not null,
      stored_bytes text,
      listed_at timestamptz not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      started_at timestamptz,
      ended_at timestamptz,
      held_by text,
      rests_because text,
      operation_id text,
      session_hash text,
      keys_taken integer not null
    )`,
    `create table bulk_items (
      run_id text collate "C" not null,
      position integer not null,
      line integer,
      user_id text,
      email text not null,
      planned text not null,
      state text not null,
      detail text,
      operation_id text collate "C",
      begun boolean not null,
      ended_at timestamptz
    )`,
  ],
  onPostgresql: [
    `create unique index bulk_items_by_position on bulk_items (run_id, position)`,
    `create index bulk_items_by_state on bulk_items (run_id, state, position)`,
  ],
}
