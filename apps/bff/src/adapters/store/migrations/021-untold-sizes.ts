import type { Migration } from '../migration.ts'

export const untoldSizes: Migration = {
  name: '021-untold-sizes',
  statements: [
    `create table untold_sizes (
      cluster_id text not null,
      bucket text collate "C" not null,
      owner_id text collate "C" not null,
      since timestamptz not null,
      until timestamptz,
      caught_up numeric(38,0) not null,
      is_lost boolean not null
    )`,
  ],
  onPostgresql: [
    'create index untold_sizes_by_owner on untold_sizes (cluster_id, owner_id)',
    'create index untold_sizes_by_bucket on untold_sizes (cluster_id, bucket)',
    'create index untold_sizes_by_end on untold_sizes (cluster_id, until)',
    'create index untold_sizes_now on untold_sizes (cluster_id, bucket) where until is null',
  ],
}
