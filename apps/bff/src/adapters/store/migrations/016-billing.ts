import type { Migration } from '../migration.ts'

const COUNTERS = ['byte_hours', 'uploaded_bytes', 'downloaded_bytes', 'put_ops', 'get_ops', 'list_ops', 'other_ops']
  .map((name) => `${name} numeric(38,0)`)
  .join(',\n      ')

// What is counted bears the name of its count, and the month names the count that stands: a count that was cut off is
// nobody's. The big tables have no key that DuckDB would have to keep.
export const billing: Migration = {
  name: '016-billing',
  statements: [
    `create table billing_plans (
      id text collate "C" primary key,
      draft text not null,
      changed_at timestamptz not null
    )`,
    `create table billing_plans_given (
      holder text collate "C" primary key,
      plan_id text collate "C" not null
    )`,
    `create table billing_services (
      client_id integer primary key,
      service_id integer not null
    )`,
    `create table billing_months (
      month text collate "C" primary key,
      time_zone text not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      count_id text collate "C" not null,
      counted_at timestamptz not null,
      coverage text not null,
      closed_at timestamptz,
      closed_by text,
      accepted_incomplete boolean not null,
      sha256 text
    )`,
    `create table billing_count_plans (
      count_id text collate "C" not null,
      plan_id text collate "C" not null,
      draft text not null
    )`,
    `create table billing_users (
      count_id text collate "C" not null,
      of_month text collate "C" not null,
      cluster_id text collate "C" not null,
      user_id text collate "C" not null,
      bill text collate "C" not null,
      client_id integer,
      plan_id text collate "C",
      ${COUNTERS},
      storage_coverage text not null,
      traffic_coverage text not null
    )`,
    `create table billing_lines (
      count_id text collate "C" not null,
      line_no bigint not null,
      bill text collate "C" not null,
      client_id integer,
      cluster_id text collate "C",
      user_id text collate "C",
      name text collate "C" not null,
      kind text not null,
      of_month text collate "C" not null,
      metric text not null,
      plan_id text collate "C",
      coverage text not null,
      quantity numeric(38,0),
      per numeric(38,0),
      currency text,
      amount numeric(38,0)
    )`,
    `create table billing_files (
      month text collate "C" not null,
      file text not null,
      part_no integer not null,
      bytes bytea not null
    )`,
    `create table billing_pushes (
      month text collate "C" not null,
      client_id integer not null,
      kind text not null,
      message_id text not null,
      pushed_at timestamptz not null,
      pushed_by text not null
    )`,
  ],
  onPostgresql: [
    `create index billing_count_plans_by_count on billing_count_plans (count_id)`,
    `create index billing_users_by_count on billing_users (count_id, of_month, bill)`,
    `create unique index billing_lines_by_count on billing_lines (count_id, line_no)`,
    `create index billing_lines_by_bill on billing_lines (count_id, bill)`,
    `create unique index billing_files_by_part on billing_files (month, file, part_no)`,
    `create unique index billing_pushes_once on billing_pushes (month, client_id) where kind = 'invoice'`,
    `create index billing_pushes_by_month on billing_pushes (month, client_id)`,
  ],
}
