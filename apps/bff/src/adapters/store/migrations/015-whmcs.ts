import type { Migration } from '../migration.ts'

// Messages have no key that DuckDB would have to keep: an update of one changes its state, by its number.
export const whmcs: Migration = {
  name: '015-whmcs',
  statements: [
    `create table client_links (
      cluster_id text collate "C" not null,
      user_id text collate "C" not null,
      client_id integer not null,
      linked_email text not null,
      linked_at timestamptz not null,
      linked_by text not null,
      primary key (cluster_id, user_id)
    )`,
    `create table whmcs_clients (
      client_id integer primary key,
      name text not null,
      company text not null,
      email text not null,
      status text not null,
      currency text,
      seen_at timestamptz not null,
      gone_at timestamptz
    )`,
    `create sequence whmcs_message_no`,
    `create table whmcs_messages (
      message_no bigint not null default nextval('whmcs_message_no'),
      id text collate "C" not null,
      client_id integer not null,
      kind text not null,
      marker text,
      cluster_id text,
      user_id text,
      key_id text,
      operation_id text collate "C",
      body text not null,
      payload text,
      state text not null,
      attempts integer not null,
      next_at timestamptz,
      may_have_arrived boolean not null,
      holder text,
      sending_since timestamptz,
      note_id bigint,
      failure text,
      last_error text,
      created_at timestamptz not null,
      ended_at timestamptz,
      decided_by text,
      reason text
    )`,
  ],
  onPostgresql: [
    `create unique index whmcs_messages_by_no on whmcs_messages (message_no)`,
    `create unique index whmcs_messages_by_id on whmcs_messages (id)`,
    `create index whmcs_messages_open on whmcs_messages (client_id, message_no) where ended_at is null`,
    `create index whmcs_messages_of_client on whmcs_messages (client_id, kind)`,
    `create index client_links_by_client on client_links (client_id)`,
  ],
}
