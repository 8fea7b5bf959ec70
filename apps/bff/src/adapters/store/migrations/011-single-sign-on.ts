import type { Migration } from '../migration.ts'

export const singleSignOn: Migration = {
  name: '011-single-sign-on',
  statements: [
    `create table single_sign_ons (
      issuer text not null,
      subject text not null,
      admin_id text not null,
      created_at timestamptz not null,
      primary key (issuer, subject)
    )`,
    `create table used_sign_ins (
      id_hash text primary key,
      until timestamptz not null
    )`,
  ],
}
