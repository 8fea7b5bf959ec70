import type { Migration } from '../migration.ts'

export const userQuotas: Migration = {
  name: '020-user-quotas',
  statements: [
    `create table user_quotas (
      cluster_id text not null,
      endpoint text not null,
      user_id text not null,
      told numeric(38,0) not null,
      read_at timestamptz not null,
      saved_at timestamptz not null,
      primary key (cluster_id, endpoint, user_id)
    )`,
  ],
  onPostgresql: ['create index user_quotas_saved on user_quotas (cluster_id, endpoint, saved_at)'],
}
