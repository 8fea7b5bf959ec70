import type { Migration } from '../migration.ts'

export const userQuotas: Migration = {
  name: '020-user-quotas',
  statements: [
    `create table user_quotas (
      cluster_id text not null,
      endpoint text not null,
      user_id text not null,
      size double precision not null,
      is_unit_known boolean not null,
      bytes_per_gb bigint,
      read_at timestamptz not null,
      primary key (cluster_id, endpoint, user_id)
    )`,
  ],
}
