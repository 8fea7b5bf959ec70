import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import type { Manifest } from './backup-manifest.ts'
import { writeBackup } from './backup-write.ts'
import { quoted, withParquet } from './parquet.ts'
import type { Store } from './store.ts'

type Options = { now?: () => Date; onStep?: (step: string) => void }

/** Backups of this store, and what they are known to hold. */
export const backupsOf = (store: Store) => ({
  /** Takes a backup, reads it back, and writes down which final objects it holds. One that fails is written down too. */
  async take(folder: string, options: Options = {}): Promise<Manifest> {
    const { now = () => new Date() } = options
    const begun = now()
    const add = (verifiedAt: Date | null, { takenAt, files }: Pick<Manifest, 'takenAt' | 'files'>) =>
      store.db
        .insertInto('backups')
        .values({
          taken_at: new Date(takenAt),
          verified_at: verifiedAt,
          folder: resolve(folder),
          row_count: BigInt(files.reduce((sum, { rows }) => sum + rows, 0)),
          byte_count: BigInt(files.reduce((sum, { bytes }) => sum + bytes, 0)),
        })
        .execute()
    try {
      const manifest = await writeBackup(store, folder, options)
      await noteObjects(store, resolve(folder), new Date(manifest.takenAt))
      await add(now(), manifest)
      return manifest
    } catch (error) {
      await add(null, { takenAt: begun.toISOString(), files: [] }).catch(() => {})
      throw error
    }
  },

  /** The newest one that was read back and found right. */
  async lastVerified(): Promise<{ takenAt: Date; folder: string } | null> {
    const row = await store.db
      .selectFrom('backups')
      .select(['taken_at as takenAt', 'folder'])
      .where('verified_at', 'is not', null)
      .orderBy('taken_at', 'desc')
      .limit(sql.lit(1))
      .executeTakeFirst()
    return row ?? null
  },
})

/** Read from the backup itself: an object may have been read before a backup began, and stored after. */
const noteObjects = (store: Store, folder: string, takenAt: Date): Promise<void> =>
  withParquet(async (parquet) => {
    const file = quoted(join(folder, 'statistics_objects.parquet'))
    const final = `select object_no, sha256 from read_parquet(${file}) where state = 'closed' and sha256 is not null`
    for await (const rows of parquet.stream(final)) {
      await sql`
        insert into statistics_backups (object_no, sha256, taken_at)
        select v.object_no, v.sha256, ${takenAt}::timestamptz
        from (select unnest(${rows.map((row) => row['object_no'])}::bigint[]) as object_no,
          unnest(${rows.map((row) => row['sha256'])}::text[]) as sha256) as v
        where not exists (select 1 from statistics_backups as b where b.object_no = v.object_no and b.sha256 = v.sha256)
      `.execute(store.db)
    }
  })
