import type { Migration } from '../migration.ts'

// Tables of their own: no column can be added to the audit, whose key comes from a sequence (see 003).
export const auditOrigins: Migration = {
  name: '008-audit',
  statements: [
    `create table audit_origins (
      seq bigint primary key,
      address text,
      request_ids text
    )`,
    `create table user_sightings (
      cluster_id text not null,
      user_id text collate "C" not null,
      seen_at timestamptz not null,
      was_so_at timestamptz,
      is_there boolean not null,
      email text not null,
      state text not null,
      key_ids text,
      audit_seq bigint not null
    )`,
    `create table comparisons (
      cluster_id text not null,
      compared_at timestamptz not null,
      audit_seq bigint not null,
      settled_seq bigint not null,
      settled_at timestamptz not null,
      users bigint not null,
      changes bigint not null
    )`,
  ],
  onPostgresql: [
    `create index user_sightings_by_user on user_sightings (cluster_id, user_id, seen_at)`,
    `create index comparisons_by_time on comparisons (cluster_id, compared_at)`,
  ],
}
