import { resolve } from 'node:path'
import { restoreBackup } from './adapters/store/backup-restore.ts'
import { runOnStore, wordsOf } from './command.ts'

const USAGE = `Usage: npm run restore -- --from FOLDER

Fills an empty store (DATA_DIR or DATABASE_URL) from a backup, all of it or nothing. The backup may come from the other
kind of store. What the gateway reported since is collected again as soon as the console runs.`

const from = wordsOf({ options: { from: { type: 'string' } } })?.values.from
if (from === undefined) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  await runOnStore(async (store) => {
    const { files, takenAt } = await restoreBackup(store, resolve(from))
    const rows = files.reduce((sum, file) => sum + file.rows, 0)
    return `Restored ${rows} rows of ${files.length} tables, as they were at ${takenAt}.`
  })
}
