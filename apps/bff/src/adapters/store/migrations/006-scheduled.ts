import type { Migration } from '../migration.ts'

export const scheduled: Migration = {
  name: '006-scheduled',
  statements: [
    `create table scheduled_changes (
      id text collate "C" primary key,
      cluster_id text not null,
      action text not null,
      user_id text collate "C" not null,
      email text not null,
      key_id text collate "C",
      new_key_id text collate "C",
      is_rotation boolean not null,
      accept_last_key boolean not null,
      asked_by text not null,
      asked_at timestamptz not null,
      due_at timestamptz not null,
      state text not null,
      operation_id text,
      ended_at timestamptz,
      ended_by text,
      detail text
    )`,
  ],
}
