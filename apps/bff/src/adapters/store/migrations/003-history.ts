import type { Migration } from '../migration.ts'

const SUMS = `put_ops numeric(38,0) not null,
      get_ops numeric(38,0) not null,
      list_ops numeric(38,0) not null,
      other_ops numeric(38,0) not null,
      uploaded_bytes numeric(38,0) not null,
      downloaded_bytes numeric(38,0) not null`

// No column is added to a table that is there: DuckDB cannot replay that from its log where the table has a default from a
// sequence, and a process that is killed before the next checkpoint would leave a store that does not open.
// Roll-ups have no primary key: they are replaced by the period in one transaction, and DuckDB refuses a key that was
// deleted in the same transaction.
export const history: Migration = {
  name: '003-history',
  statements: [
    `create table statistics_decisions (
      cluster_id text not null,
      name text collate "C" not null,
      decision text not null,
      assigned_at timestamptz,
      decided_by text not null,
      decided_at timestamptz not null,
      primary key (cluster_id, name)
    )`,
    `create table gateway_deletions (
      cluster_id text not null,
      name text collate "C" not null,
      deleted_at timestamptz not null
    )`,
    `create sequence usage_change_no`,
    `create table usage_changes (
      change_no bigint not null default nextval('usage_change_no'),
      cluster_id text not null,
      grain text not null,
      starts_at timestamptz not null
    )`,
    `create table object_hours (
      cluster_id text not null,
      service_id text collate "C" not null,
      starts_at timestamptz not null,
      listed bigint not null,
      stored bigint not null,
      closed bigint not null,
      nominal_s integer not null,
      first_start timestamptz,
      last_end timestamptz
    )`,
    `create table usage_hours (
      cluster_id text not null,
      starts_at timestamptz not null,
      ${SUMS}
    )`,
    ...['days', 'months'].flatMap((grain) => [
      `create table usage_user_${grain} (
      cluster_id text not null,
      user_id text collate "C" not null,
      starts_at timestamptz not null,
      ${SUMS}
    )`,
      `create table usage_bucket_${grain} (
      cluster_id text not null,
      user_id text collate "C" not null,
      bucket text collate "C" not null,
      starts_at timestamptz not null,
      ${SUMS}
    )`,
    ]),
    `create table service_gaps (
      cluster_id text not null,
      service_id text collate "C" not null,
      kind text not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      periods integer not null
    )`,
    `create sequence gap_decision_no`,
    `create table gap_decisions (
      decision_no bigint not null default nextval('gap_decision_no'),
      cluster_id text not null,
      service_id text collate "C" not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      decision text not null,
      decided_by text not null,
      decided_at timestamptz not null,
      note text
    )`,
    `create table storage_samples (
      cluster_id text not null,
      kind text not null,
      id text collate "C" not null,
      created_at timestamptz,
      epoch bigint,
      owner_id text collate "C" not null,
      sampled_at timestamptz not null,
      bytes numeric(38,0) not null,
      byte_hours numeric(38,0) not null,
      is_end boolean not null
    )`,
    `create table storage_current (
      cluster_id text not null,
      kind text not null,
      id text collate "C" not null,
      created_at timestamptz,
      epoch bigint,
      owner_id text collate "C" not null,
      sampled_at timestamptz not null,
      bytes numeric(38,0) not null,
      byte_hours numeric(38,0) not null
    )`,
    `create table storage_runs (
      cluster_id text not null,
      sampled_at timestamptz not null,
      buckets bigint not null,
      users bigint not null
    )`,
    `create table recounts (
      cluster_id text not null,
      day timestamptz not null,
      counted_at timestamptz not null,
      objects bigint not null,
      objects_without_body bigint not null,
      differences bigint not null,
      detail text
    )`,
    `create table backups (
      taken_at timestamptz not null,
      verified_at timestamptz,
      folder text not null,
      row_count bigint not null,
      byte_count bigint not null
    )`,
    `create table statistics_backups (
      object_no bigint not null,
      sha256 text collate "C" not null,
      taken_at timestamptz not null
    )`,
    `create table leases (
      name text collate "C" primary key,
      holder text not null,
      fence bigint not null,
      expires_at timestamptz not null
    )`,
    `insert into usage_changes (cluster_id, grain, starts_at)
      select cluster_id, 'hour', date_trunc('hour', started_at) from statistics_objects group by 1, 3`,
    `insert into usage_changes (cluster_id, grain, starts_at)
      select cluster_id, 'day', date_trunc('day', started_at) from statistics_objects group by 1, 3`,
  ],
  onPostgresql: [
    `create index usage_changes_by_start on usage_changes (cluster_id, grain, starts_at)`,
    `create index statistics_objects_unfinished on statistics_objects (cluster_id, service_id, started_at)
      where closed_at is null`,
    `create index statistics_objects_by_service on statistics_objects (cluster_id, service_id, started_at)`,
    `create index statistics_objects_due on statistics_objects (cluster_id, due_at) where due_at is not null`,
    `create index object_hours_by_start on object_hours (cluster_id, starts_at)`,
    `create index usage_hours_by_start on usage_hours (cluster_id, starts_at)`,
    `create index usage_user_days_by_start on usage_user_days (cluster_id, starts_at)`,
    `create index usage_user_days_by_user on usage_user_days (cluster_id, user_id, starts_at)`,
    `create index usage_bucket_days_by_start on usage_bucket_days (cluster_id, starts_at)`,
    `create index usage_bucket_days_by_bucket on usage_bucket_days (cluster_id, bucket, starts_at)`,
    `create index usage_bucket_days_by_user on usage_bucket_days (cluster_id, user_id, starts_at)`,
    `create index usage_user_months_by_start on usage_user_months (cluster_id, starts_at)`,
    `create index usage_user_months_by_user on usage_user_months (cluster_id, user_id, starts_at)`,
    `create index usage_bucket_months_by_start on usage_bucket_months (cluster_id, starts_at)`,
    `create index usage_bucket_months_by_bucket on usage_bucket_months (cluster_id, bucket, starts_at)`,
    `create index usage_bucket_months_by_user on usage_bucket_months (cluster_id, user_id, starts_at)`,
    `create index statistics_backups_by_object on statistics_backups (object_no, sha256)`,
    `create index service_gaps_by_start on service_gaps (cluster_id, starts_at)`,
    `create index storage_samples_by_subject on storage_samples (cluster_id, kind, id, sampled_at)`,
    `create index storage_samples_by_time on storage_samples (cluster_id, kind, sampled_at)`,
    `create index storage_current_by_cluster on storage_current (cluster_id, kind, id)`,
    `create index storage_runs_by_time on storage_runs (cluster_id, sampled_at)`,
  ],
}
