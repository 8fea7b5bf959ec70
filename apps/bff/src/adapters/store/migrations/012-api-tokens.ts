import type { Migration } from '../migration.ts'

export const apiTokens: Migration = {
  name: '012-api-tokens',
  statements: [
    `create table api_tokens (
      id_hash text collate "C" primary key,
      admin_id text collate "C" not null,
      name text collate "C" not null,
      hint text not null,
      verbs text not null,
      addresses text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      last_used_at timestamptz,
      last_used_from text,
      revoked_at timestamptz
    )`,
  ],
}
