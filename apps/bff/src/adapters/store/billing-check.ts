import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { measured } from './backup-manifest.ts'
import { BillingManifest, type LineGroup, type ManifestFile } from './billing-manifest.ts'
import { type Parquet, quoted, withParquet } from './parquet.ts'

/** What is wrong with the files of a month; the message is one line for the person who asked. */
export class BillingFileError extends Error {
  override name = 'BillingFileError'
}

/** A month whose files hold; `isChecked` when its manifest was compared with a hash that was known beforehand. */
export type CheckedMonth = { manifest: BillingManifest; sha256: string; isChecked: boolean }

/**
 * Reads the files that lie beside a manifest, and compares bytes, lines and sums. With `hashes` each manifest has to be one
 * of them, and each of them has to be there.
 */
export const checkBilling = async (folder: string, hashes: readonly string[] | null): Promise<CheckedMonth[]> => {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.manifest.json')).toSorted()
  if (names.length === 0) throw new BillingFileError(`${folder} holds no manifest of a month`)
  const wanted = hashes?.map((hash) => hash.trim().toLowerCase()) ?? null
  const months: CheckedMonth[] = []
  for (const name of names) {
    const { sha256 } = await measured(join(folder, name))
    if (wanted && !wanted.includes(sha256)) throw new BillingFileError(`${name} has another SHA-256: ${sha256}`)
    const manifest = BillingManifest.safeParse(jsonOf(await readFile(join(folder, name), 'utf8')))
    if (!manifest.success) throw new BillingFileError(`${name} is no manifest that this console can read`)
    for (const file of manifest.data.files) {
      const wrong = await withParquet((parquet) => faultOf(parquet, folder, file, manifest.data.sums))
      if (wrong) throw new BillingFileError(`${file.file} ${wrong}`)
    }
    months.push({ manifest: manifest.data, sha256, isChecked: wanted !== null })
  }
  const missing = wanted?.find((hash) => !months.some(({ sha256 }) => sha256 === hash))
  if (missing !== undefined) throw new BillingFileError(`${folder} holds no manifest whose SHA-256 is ${missing}`)
  return months
}

const faultOf = async (parquet: Parquet, folder: string, file: ManifestFile, sums: readonly LineGroup[]) => {
  const path = join(folder, file.file)
  const found = await measured(path).catch(() => null)
  if (!found) return 'is missing or cannot be read'
  if (found.bytes !== file.bytes) return `has ${found.bytes} bytes where ${file.bytes} were written`
  if (found.sha256 !== file.sha256) return 'holds other bytes than were written'
  const groups = await groupsIn(parquet, path).catch(() => null)
  if (!groups) return 'cannot be read'
  const [there, wanted] = [groups, sums].map((some) => some.map((group) => textOf(group)).toSorted())
  const other = wanted?.find((text, index) => there?.[index] !== text)
  return other || there?.length !== wanted?.length
    ? `does not come to what the store had (${other ?? 'a line more'})`
    : null
}

const textOf = ({ kind, metric, currency, lines, quantity, amount }: LineGroup): string =>
  `${kind} ${metric}: ${lines} lines, ${quantity}, ${amount} millionths of ${currency ?? 'no currency'}`

const groupsIn = async (parquet: Parquet, path: string): Promise<LineGroup[]> => {
  const source = path.endsWith('.csv')
    ? `read_csv(${quoted(path)}, header = true, all_varchar = true, quote = '"', escape = '"', delim = ',')`
    : `read_parquet(${quoted(path)})`
  const groups: LineGroup[] = []
  const query = `select kind, metric, currency, cast(count(*) as integer) as lines,
    cast(coalesce(sum(cast("count" as decimal(38,0))), 0) as varchar) as quantity,
    cast(coalesce(sum(cast(amount_micro as decimal(38,0))), 0) as varchar) as amount
    from ${source} group by all`
  for await (const rows of parquet.stream(query))
    for (const row of rows) groups.push(BillingManifest.shape.sums.element.parse(row))
  return groups
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
