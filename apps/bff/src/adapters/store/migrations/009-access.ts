import type { Migration } from '../migration.ts'

export const access: Migration = {
  name: '009-access',
  statements: [
    // Those of an older console do not say as what somebody signed in.
    `delete from sessions`,
    // An admin without a row here is from before there were roles, when everybody could do everything.
    `create table admin_roles (
      admin_id text collate "C" primary key,
      role text not null
    )`,
    `create table admin_links (
      admin_id text collate "C" primary key,
      code_hash text collate "C" not null,
      made_by text not null,
      expires_at timestamptz not null
    )`,
  ],
}
