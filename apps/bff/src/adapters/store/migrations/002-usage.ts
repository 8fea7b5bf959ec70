import type { Migration } from '../migration.ts'

export const usage: Migration = {
  name: '002-usage',
  statements: [
    `create sequence statistics_object_no`,
    `create table statistics_objects (
      cluster_id text not null,
      name text collate "C" not null,
      object_no bigint not null default nextval('statistics_object_no'),
      service_id text collate "C" not null,
      started_at timestamptz not null,
      nominal_s integer not null,
      period_s integer,
      state text not null,
      format_version integer,
      item_count integer,
      sha256 text,
      body bytea,
      first_listed_at timestamptz not null,
      read_at timestamptz,
      unchanged_since timestamptz,
      closed_at timestamptz,
      gone_at timestamptz,
      due_at timestamptz,
      tries integer not null,
      reason text,
      primary key (cluster_id, name)
    )`,
    `create table usage_rows (
      cluster_id text not null,
      user_id text collate "C" not null,
      bucket text collate "C" not null,
      epoch bigint not null,
      tag text not null,
      object_no bigint not null,
      started_at timestamptz not null,
      put_ops bigint not null,
      get_ops bigint not null,
      list_ops bigint not null,
      other_ops bigint not null,
      uploaded_bytes bigint not null,
      downloaded_bytes bigint not null
    )`,
    `create table collector_state (
      cluster_id text primary key,
      listed_at timestamptz not null,
      fully_listed_at timestamptz not null,
      covers_until timestamptz not null
    )`,
  ],
  onPostgresql: [
    `create index statistics_objects_by_start on statistics_objects (cluster_id, started_at)`,
    `create index usage_rows_by_object on usage_rows (cluster_id, object_no)`,
    `create index usage_rows_by_start on usage_rows (cluster_id, started_at)`,
    `create index usage_rows_by_user on usage_rows (cluster_id, user_id, started_at)`,
    `create index usage_rows_by_bucket on usage_rows (cluster_id, bucket, started_at)`,
  ],
}
