import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { measured } from './backup-manifest.ts'
import { type BillingManifest, fileName, type ManifestFile } from './billing-manifest.ts'
import type { BillingFile, Hashes, MadeFile } from './billing-months.ts'
import { quoted, withParquet } from './parquet.ts'

/** A line as the files have it; numbers are decimal text, and what is not known is `null`. */
export type FileRow = Record<keyof typeof COLUMNS, string | null>

/** With what Parquet keeps them as. */
const COLUMNS = {
  line: 'BIGINT',
  kind: 'VARCHAR',
  month: 'VARCHAR',
  bill: 'VARCHAR',
  client_id: 'BIGINT',
  cluster: 'VARCHAR',
  user_id: 'VARCHAR',
  name: 'VARCHAR',
  metric: 'VARCHAR',
  coverage: 'VARCHAR',
  count: 'DECIMAL(38,0)',
  per: 'DECIMAL(38,0)',
  unit: 'VARCHAR',
  quantity: 'DECIMAL(38,6)',
  plan: 'VARCHAR',
  currency: 'VARCHAR',
  amount: 'DECIMAL(38,6)',
  amount_micro: 'DECIMAL(38,0)',
} as const
const NAMES = Object.keys(COLUMNS)
/** Written by people, or at the gateway: what begins like a formula is made text, which an amount below 0 must not be. */
const TEXTS = ['bill', 'user_id', 'name', 'plan'] as const
const FORMULA = /^[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/

/** One alone would end a line for whoever reads it, and what follows would stand first in the next. */
const LINE_END = /[\r\n]/

const PART_BYTES = 1_048_576

const asText = (text: string | null) => (text !== null && FORMULA.test(text) ? `'${text}` : text)

const guarded = (row: FileRow): FileRow => {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, asText(row[name])]))
  return { ...row, ...texts }
}

const csvOf = (rows: readonly unknown[]): string =>
  stringify([...rows], { columns: NAMES, record_delimiter: 'windows', quoted_match: LINE_END })

/** The file as text, some thousand lines at a time. */
export async function* csvLines(pages: AsyncIterable<FileRow[]>): AsyncGenerator<string> {
  yield csvOf([NAMES])
  for await (const page of pages) yield csvOf(page.map(guarded))
}

type About = Omit<BillingManifest, 'format' | 'files' | 'lines'>

export type BillingFiles = typeof billingFiles

/** The files of a month, made in a folder that is there for as long as they are kept. */
export const billingFiles = {
  /** Hands over the hashes, and the files in parts. One page of lines is in memory at a time. */
  async make(
    pages: AsyncIterable<FileRow[]>,
    about: About,
    keep: (hashes: Hashes, files: MadeFile[]) => Promise<void>,
  ): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'ostor-console-billing-'))
    try {
      const made = await write(folder, about.month, pages)
      const lines = about.sums.reduce((sum, group) => sum + group.lines, 0)
      const manifest: BillingManifest = { format: 1, ...about, lines, files: made }
      const manifestPath = join(folder, fileName(about.month, 'manifest'))
      await writeFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`)
      const { sha256: manifestSha256 } = await measured(manifestPath)
      const files = (['csv', 'parquet', 'manifest'] as const).map((file) => ({
        file,
        parts: anew(() => partsOf(join(folder, fileName(about.month, file)))),
      }))
      await keep({ sha256: made[0]?.sha256 ?? '', manifestSha256 }, files)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** A transaction that another one got in the way of runs again, and reads the files from their beginning. */
const anew = <T>(begin: () => AsyncGenerator<T>): AsyncIterable<T> => ({ [Symbol.asyncIterator]: begin })

async function* partsOf(path: string): AsyncGenerator<Uint8Array> {
  for await (const part of createReadStream(path, { highWaterMark: PART_BYTES })) yield new Uint8Array(part)
}

const write = async (folder: string, month: string, pages: AsyncIterable<FileRow[]>): Promise<ManifestFile[]> => {
  const path = (file: BillingFile) => join(folder, fileName(month, file))
  const raw = join(folder, 'lines.jsonl')
  const [csv, jsonl] = await Promise.all([open(path('csv'), 'w'), open(raw, 'w')])
  try {
    await csv.write(csvOf([NAMES]))
    for await (const page of pages) {
      await csv.write(csvOf(page.map(guarded)))
      await jsonl.write(page.map((row) => `${JSON.stringify(row)}\n`).join(''))
    }
  } finally {
    await Promise.all([csv.close(), jsonl.close()])
  }
  const types = Object.entries(COLUMNS).map(([name, type]) => `${name}: '${type}'`)
  const source = `read_json(${quoted(raw)}, format = 'newline_delimited', columns = {${types.join(', ')}})`
  await withParquet((parquet) =>
    parquet.run(`copy (select * from ${source}) to ${quoted(path('parquet'))} (format parquet, compression zstd)`),
  )
  const fileOf = async (file: 'csv' | 'parquet') => ({ file: fileName(month, file), ...(await measured(path(file))) })
  return [await fileOf('csv'), await fileOf('parquet')]
}
