import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Kysely, sql, type Transaction } from 'kysely'
import { appendUnknown } from './append-rows.ts'
import { COUNTERS, checkFiles } from './backup-check.ts'
import { BackupError, type BackupFile, MANIFEST, Manifest, measured } from './backup-manifest.ts'
import { BACKUP_TABLES, type BackupTable, backupTables } from './backup-tables.ts'
import { quoted } from './parquet.ts'
import type { Schema } from './schema.ts'
import { openStore, type Store } from './store.ts'

const PARTIAL = '.partial-'

type Options = { now?: () => Date; onStep?: (step: string) => void }
type Counted = Pick<BackupFile, 'rows' | 'sums'>

/**
 * Writes the whole store as it is at one instant into `folder`, one Parquet file a table, and reads it back. Until it is
 * whole and right it bears another name, so that an ended process leaves nothing that could be taken for a backup.
 */
export const writeBackup = async (store: Store, folder: string, options: Options = {}): Promise<Manifest> => {
  const { now = () => new Date(), onStep = () => {} } = options
  const target = resolve(folder)
  const there = await readdir(target).catch(() => [])
  if (there.length > 0) throw new BackupError(`${target} is not empty; a backup needs a folder of its own`)
  const partial = `${target}${PARTIAL}${randomBytes(4).toString('hex')}`
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await mkdir(partial, { mode: 0o700 })
  try {
    const takenAt = now().toISOString()
    const { migrations, counted } = await copyAll(store, partial, onStep)
    onStep('copied')
    const files: BackupFile[] = []
    for (const [table, figures] of counted) {
      const file = fileOf(table)
      await flush(join(partial, file))
      files.push({ table, file, ...(await measured(join(partial, file))), ...figures })
    }
    await checkFiles(partial, { files })
    onStep('checked')
    const manifest: Manifest = { format: 1, takenAt, engine: store.engine, migrations, files }
    await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
    await flush(partial)
    onStep('manifest')
    // An empty folder that is there already gives way.
    await rename(partial, target)
    await flush(dirname(target))
    return manifest
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

const fileOf = (table: BackupTable) => `${table}.parquet`

const flush = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const copyAll = async (store: Store, folder: string, onStep: (step: string) => void) => {
  const beside = store.engine === 'postgresql' ? await openStore({ folder: join(folder, 'work') }) : null
  try {
    return await store.snapshot(async (tx) => {
      if (beside) await takeTime(tx)
      const migrations = await tx.selectFrom('migrations').select('name').orderBy('name').execute()
      const counted = new Map<BackupTable, Counted>()
      for (const table of backupTables()) {
        const path = join(folder, fileOf(table))
        if (beside) await bringOver(tx, beside, table)
        await copy(beside ? beside.db : tx, table, path)
        if (beside) await sql`drop table ${sql.table(table)}`.execute(beside.db)
        counted.set(table, await countIn(tx, table))
        onStep(table)
      }
      return { migrations: migrations.map(({ name }) => name), counted }
    })
  } finally {
    await beside?.close()
    await rm(join(folder, 'work'), { recursive: true, force: true })
  }
}

/** While one side writes its file, the other waits in the transaction, and a large table takes its time to be summed. */
const takeTime = async (tx: Transaction<Schema>): Promise<void> => {
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
  await sql`set local statement_timeout = 0`.execute(tx)
}

/** PostgreSQL's rows into a DuckDB beside it, some at a time. */
const bringOver = async (tx: Transaction<Schema>, beside: Store, table: BackupTable): Promise<void> => {
  const most = sql.lit(BACKUP_TABLES[table].atOnce)
  await sql`declare backup_rows no scroll cursor for select * from ${sql.table(table)}`.execute(tx)
  for (;;) {
    const { rows } = await sql<Record<string, unknown>>`fetch forward ${most} from backup_rows`.execute(tx)
    if (rows.length === 0) break
    await appendUnknown(beside.db, table, rows)
  }
  await sql`close backup_rows`.execute(tx)
}

const copy = async (db: Kysely<Schema>, table: BackupTable, path: string): Promise<void> => {
  // Small groups of rows bound the memory where a row holds a whole object.
  const size = table === 'statistics_objects' ? 4096 : 122_880
  const how = `(format parquet, compression zstd, row_group_size ${size})`
  await sql`copy (select * from ${sql.table(table)}) to ${sql.raw(quoted(path))} ${sql.raw(how)}`.execute(db)
  await chmod(path, 0o600)
}

const countIn = async (tx: Transaction<Schema>, table: BackupTable): Promise<Counted> => {
  const sums = table === 'usage_rows' ? COUNTERS : []
  const { rows } = await sql<Record<string, bigint>>`
    select count(*) as counted ${sql.raw(sums.map((name) => `, coalesce(sum(${name}), 0) as ${name}`).join(''))}
    from ${sql.table(table)}`.execute(tx)
  const { counted, ...found } = rows[0] ?? {}
  const texts = Object.fromEntries(Object.entries(found).map(([name, sum]) => [name, String(sum)]))
  return { rows: Number(counted), ...(sums.length > 0 && { sums: texts }) }
}
