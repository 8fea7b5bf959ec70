import type { Migration } from '../migration.ts'

// "at" is quoted because DuckDB reserves the word. Columns that change carry no index: DuckDB turns such an update
// into delete and insert, which its unique check may refuse within one transaction.
export const base: Migration = {
  name: '001-base',
  statements: [
    `create table admins (
      id text collate "C" primary key,
      email text not null,
      email_lower text collate "C" not null unique,
      password_hash text not null,
      created_at timestamptz not null,
      disabled_at timestamptz,
      generation bigint not null
    )`,
    `create table sessions (
      id_hash text collate "C" primary key,
      admin_id text,
      data text not null,
      created_at timestamptz not null,
      last_seen_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz
    )`,
    `create sequence audit_seq`,
    `create table audit (
      seq bigint primary key default nextval('audit_seq'),
      "at" timestamptz not null,
      operation_id text collate "C" not null,
      kind text not null,
      actor text not null,
      action text not null,
      cluster_id text,
      user_id text,
      bucket text,
      target text not null,
      "before" text,
      "after" text,
      outcome text not null,
      detail text
    )`,
    `create table settings (name text collate "C" primary key, value text not null)`,
  ],
  onPostgresql: [
    `create index audit_by_operation on audit (operation_id, kind, seq)`,
    `create index audit_by_user on audit (user_id, seq)`,
    `create index audit_by_bucket on audit (bucket, seq)`,
  ],
}
