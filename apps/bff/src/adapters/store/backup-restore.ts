import { join, resolve } from 'node:path'
import { said } from '@ostor-console/shared/said'
import { type Kysely, sql, type Transaction } from 'kysely'
import { appendUnknown } from './append-rows.ts'
import { COUNTERS, checkFiles } from './backup-check.ts'
import { BackupError, type Manifest, readManifest } from './backup-manifest.ts'
import { BACKUP_TABLES, type BackupTable, backupTables } from './backup-tables.ts'
import { quoted, withParquet } from './parquet.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/**
 * Fills an empty store, on whichever engine, with what a backup holds: all of it or nothing. Throws `BackupError`
 * before it writes when the backup is not whole, is of another schema, or the store is not empty.
 */
export const restoreBackup = async (
  store: Store,
  from: string,
  { onStep = () => {} }: { onStep?: (step: string) => void } = {},
): Promise<Manifest> => {
  const folder = resolve(from)
  const manifest = await readManifest(folder)
  await refuseOtherSchema(store, manifest)
  await refuseFilled(store.db)
  await checkFiles(folder, manifest)
  await store.transaction(async (tx) => {
    if (store.engine === 'postgresql') await sql`set local statement_timeout = 0`.execute(tx)
    await refuseFilled(tx)
    for (const { table, file } of manifest.files) {
      await fill(store.engine, tx, table, join(folder, file))
      onStep(table)
    }
    await goOnCounting(store.engine, tx)
    await compare(tx, manifest)
    await holdChanges(tx)
  })
  return manifest
}

const refuseOtherSchema = async ({ db }: Store, { migrations }: Manifest): Promise<void> => {
  const rows = await db.selectFrom('migrations').select('name').orderBy('name').execute()
  if (rows.map(({ name }) => name).join() === migrations.join()) return
  const last = migrations.at(-1) ?? 'none'
  throw new BackupError(
    `The backup is of the schema "${last}" and this console has "${rows.at(-1)?.name}"; restore it with the version that made it, then upgrade`,
  )
}

const refuseFilled = async (db: Kysely<Schema>): Promise<void> => {
  for (const table of backupTables()) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)
    if (rows.length > 0)
      throw new BackupError(`The store is not empty (it has rows in ${table}); restore into a new one`)
  }
}

const fill = async (engine: Store['engine'], tx: Transaction<Schema>, table: BackupTable, path: string) => {
  const source = `select * from read_parquet(${quoted(path)})`
  if (engine === 'duckdb') {
    await sql`insert into ${sql.table(table)} by name ${sql.raw(source)}`.execute(tx)
    return
  }
  const { atOnce } = BACKUP_TABLES[table]
  await withParquet(async (parquet) => {
    for await (const rows of parquet.stream(source)) {
      for (let start = 0; start < rows.length; start += atOnce) {
        await appendUnknown(tx, table, rows.slice(start, start + atOnce))
      }
    }
  })
}

/** New rows are numbered after the highest that is there. */
const goOnCounting = async (engine: Store['engine'], tx: Transaction<Schema>): Promise<void> => {
  for (const table of backupTables()) {
    const { numbered } = BACKUP_TABLES[table]
    if (!numbered) continue
    const { rows } = await sql<{ last: bigint | null }>`
      select max(${sql.ref(numbered.column)}) as last from ${sql.table(table)}`.execute(tx)
    const last = rows[0]?.last ?? null
    if (last === null) continue
    // DuckDB can only count on.
    await (engine === 'postgresql'
      ? sql`select setval(${numbered.sequence}::regclass, ${last})`
      : sql`select max(nextval(${sql.lit(numbered.sequence)})) from generate_series(1, ${sql.lit(Number(last))})`
    ).execute(tx)
  }
}

/** What was to change the gateway may have been stopped, or done, after the backup; and a drill must change nothing. */
const holdChanges = async (tx: Transaction<Schema>): Promise<void> => {
  await tx
    .updateTable('scheduled_changes')
    .set({ state: 'stopped', ended_by: 'console', ended_at: new Date(), detail: RESTORED })
    .where('state', 'in', ['preparing', 'waiting', 'running'])
    .execute()
  await tx
    .updateTable('bulk_runs')
    .set({ state: 'paused', held_by: 'the restore of a backup' })
    .where('state', '=', 'running')
    .execute()
  await tx
    .updateTable('whmcs_messages')
    .set({ state: 'blocked', next_at: null, may_have_arrived: true, failure: 'fault', last_error: RESTORED_MESSAGE })
    .where('ended_at', 'is', null)
    .where('state', '<>', 'unknown')
    .execute()
}

const RESTORED = said`The store was restored from a backup; schedule it again if it is still wanted`

const RESTORED_MESSAGE = said`The store was restored from a backup, and WHMCS may have been told since: try it again if this console is to tell it`

const compare = async (tx: Transaction<Schema>, { files }: Manifest): Promise<void> => {
  for (const { table, rows: expected, sums } of files) {
    const wanted = sums ? COUNTERS.map((name) => `, coalesce(sum(${name}), 0) as ${name}`).join('') : ''
    const { rows } = await sql<Record<string, bigint>>`
      select count(*) as counted ${sql.raw(wanted)} from ${sql.table(table)}`.execute(tx)
    const { counted, ...found } = rows[0] ?? {}
    const isSame = Object.entries(sums ?? {}).every(([name, sum]) => String(found[name]) === sum)
    if (Number(counted) !== expected || !isSame)
      throw new BackupError(`${table} could not be restored to what the backup says`)
  }
}
