import { resolve } from 'node:path'
import { backupsOf } from './adapters/store/backups.ts'
import { runOnStore, wordsOf } from './command.ts'

const USAGE = `Usage: npm run backup -- --to FOLDER

Writes the whole store into FOLDER, which must be new or empty: one Parquet file for each table, and a manifest with
counts, sums and SHA-256. It is read back before the command ends. It holds password hashes: keep it as you keep the store.
With the embedded store, stop the console first, or set BACKUP_DIR and it backs up by itself every night.`

const to = wordsOf({ options: { to: { type: 'string' } } })?.values.to
if (to === undefined) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const whenLocked = 'Stop it first, or set BACKUP_DIR and let the console back up by itself every night.'
  await runOnStore(
    async (store) => {
      const folder = resolve(to)
      const { files } = await backupsOf(store).take(folder)
      const rows = files.reduce((sum, file) => sum + file.rows, 0)
      return `Backed up ${rows} rows of ${files.length} tables into ${folder}, and read them back.`
    },
    { whenLocked },
  )
}
