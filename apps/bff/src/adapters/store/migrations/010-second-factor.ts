import type { Migration } from '../migration.ts'

// Tables of their own: no column can be added to the admins on DuckDB.
export const secondFactor: Migration = {
  name: '010-second-factor',
  statements: [
    `create table second_factors (
      admin_id text collate "C" primary key,
      seed text not null,
      enrolled_at timestamptz not null,
      last_step bigint not null
    )`,
    `create table second_factor_enrolments (
      admin_id text collate "C" primary key,
      seed text not null,
      begun_at timestamptz not null
    )`,
    `create table recovery_codes (
      code_hash text collate "C" primary key,
      admin_id text collate "C" not null,
      used_at timestamptz
    )`,
  ],
}
