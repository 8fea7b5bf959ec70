import type { Migration } from '../migration.ts'

export const groups: Migration = {
  name: '014-groups',
  statements: [
    `create table user_groups (
      id text primary key,
      cluster_id text not null,
      name text not null,
      domains text not null,
      created_at timestamptz not null
    )`,
    `create table user_group_members (
      group_id text not null,
      user_id text not null,
      primary key (group_id, user_id)
    )`,
    // A row outlives its group: whoever was limited to a group that is gone is limited to nobody, and not to everybody.
    `create table admin_limits (
      admin_id text not null,
      group_id text not null,
      primary key (admin_id, group_id)
    )`,
  ],
}
