import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { backupTables } from './backup-tables.ts'

/** It cannot be done, or must not be; the message is one line for the person who asked. */
export class BackupError extends Error {
  override name = 'BackupError'
}

const FORMAT = 1
export const MANIFEST = 'manifest.json'

const Sums = z.record(z.string(), z.string().regex(/^-?\d+$/))

const BackupFile = z.strictObject({
  table: z.enum(backupTables()),
  file: z.string().regex(/^[a-z_]+\.parquet$/),
  rows: z.int(),
  bytes: z.int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the six counters, in decimal digits; only where there are any. */
  sums: Sums.optional(),
})
export type BackupFile = z.infer<typeof BackupFile>

export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  takenAt: z.iso.datetime(),
  engine: z.enum(['duckdb', 'postgresql']),
  migrations: z.array(z.string()),
  files: z.array(BackupFile),
})
export type Manifest = z.infer<typeof Manifest>

/** Throws `BackupError` for a folder that holds no whole backup of ours. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null)
  if (text === null) throw new BackupError(`${folder} holds no backup: there is no ${MANIFEST} in it`)
  const manifest = Manifest.safeParse(jsonOf(text))
  if (!manifest.success) throw new BackupError(`${folder} holds no backup that this console can read (${MANIFEST})`)
  const missing = backupTables().find((table) => !manifest.data.files.some((file) => file.table === table))
  if (missing) throw new BackupError(`${folder} holds no whole backup: ${MANIFEST} does not name ${missing}`)
  return manifest.data
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const measured = async (path: string): Promise<{ bytes: number; sha256: string }> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}
