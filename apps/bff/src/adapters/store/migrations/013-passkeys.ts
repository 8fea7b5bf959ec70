import type { Migration } from '../migration.ts'

export const passkeys: Migration = {
  name: '013-passkeys',
  statements: [
    `create table passkeys (
      id text collate "C" primary key,
      credential_id text not null,
      admin_id text collate "C" not null,
      name text not null,
      public_key text not null,
      counter bigint not null,
      transports text not null,
      is_synced boolean not null,
      added_at timestamptz not null,
      last_used_at timestamptz
    )`,
    `create table passkey_challenges (
      challenge_hash text collate "C" primary key,
      browser_hash text collate "C" not null,
      purpose text not null,
      admin_id text collate "C",
      until timestamptz not null
    )`,
  ],
}
