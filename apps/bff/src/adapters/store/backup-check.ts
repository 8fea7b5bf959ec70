import { join } from 'node:path'
import { BackupError, type BackupFile, type Manifest, measured } from './backup-manifest.ts'
import { type Parquet, quoted, withParquet } from './parquet.ts'

export const COUNTERS = ['put_ops', 'get_ops', 'list_ops', 'other_ops', 'uploaded_bytes', 'downloaded_bytes'] as const

/** Reads all files back and compares bytes, rows and sums with what was counted in the store. Throws `BackupError`. */
export const checkFiles = (folder: string, { files }: Pick<Manifest, 'files'>): Promise<void> =>
  withParquet(async (parquet) => {
    for (const file of files) {
      const wrong = await faultOf(parquet, join(folder, file.file), file)
      if (wrong) throw new BackupError(`The backup ${folder} is damaged: ${file.file} ${wrong}`)
    }
  })

const faultOf = async (parquet: Parquet, path: string, { bytes, sha256, rows, sums }: BackupFile) => {
  const found = await measured(path).catch(() => null)
  if (!found) return 'is missing or cannot be read'
  if (found.bytes !== bytes) return `has ${found.bytes} bytes where ${bytes} were written`
  if (found.sha256 !== sha256) return 'holds other bytes than were written'
  const counted = await counts(parquet, path, sums !== undefined).catch(() => null)
  if (!counted) return 'cannot be read'
  if (counted.rows !== rows) return `has ${counted.rows} rows where the store has ${rows}`
  const other = Object.entries(sums ?? {}).find(([name, sum]) => counted.sums[name] !== sum)
  return other ? `sums ${other[0]} to ${counted.sums[other[0]]} where the store has ${other[1]}` : null
}

const counts = async (parquet: Parquet, path: string, hasSums: boolean) => {
  const sums = hasSums ? COUNTERS.map((name) => `, coalesce(sum(${name}), 0)::varchar as ${name}`).join('') : ''
  const rows: Record<string, unknown>[] = []
  for await (const some of parquet.stream(`select count(*) as counted${sums} from read_parquet(${quoted(path)})`))
    rows.push(...some)
  const { counted, ...found } = rows[0] ?? {}
  return {
    rows: Number(counted),
    sums: Object.fromEntries(Object.entries(found).map(([name, sum]) => [name, String(sum)])),
  }
}
