import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { twoMonths } from '../../../test/billed-months.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { checkBilling } from '../../adapters/store/billing-check.ts'
import { fileName } from '../../adapters/store/billing-manifest.ts'
import type { MonthStore } from '../../adapters/store/billing-months.ts'

const COMMAND = join(import.meta.dirname, '../../billing.ts')

const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

const exported = async (months: MonthStore, month: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'ostor-console-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const file of ['csv', 'parquet', 'manifest'] as const) {
    const parts: Uint8Array[] = []
    for await (const part of months.file(month, file)) parts.push(part)
    await writeFile(join(folder, fileName(month, file)), Buffer.concat(parts))
  }
  return folder
}

/** Bills another one for a line, with a manifest that says so. */
const forge = async (folder: string, month: string) => {
  const path = { csv: join(folder, fileName(month, 'csv')), manifest: join(folder, fileName(month, 'manifest')) }
  const csv = await readFile(path.csv, 'utf8')
  const forged = csv.replace('name of 0', 'NAME OF 0')
  await writeFile(path.csv, forged)
  await writeFile(path.manifest, (await readFile(path.manifest, 'utf8')).replace(hashOf(csv), hashOf(forged)))
}

describe.each(ENGINES)('files of a month closed on %s', (engine) => {
  test('hold only with the manifest whose SHA-256 the store kept, whoever changed that with them', async () => {
    const { store, months, close } = await twoMonths(await emptyStore(engine))
    await close('2026-10')
    const kept = (await months.manifestSha256('2026-10')) ?? ''
    const folder = await exported(months, '2026-10')
    expect(await checkBilling(folder, [kept.toUpperCase()])).toMatchObject([{ sha256: kept, isChecked: true }])
    await expect(checkBilling(folder, [kept, hashOf('')])).rejects.toThrow(`no manifest whose SHA-256 is ${hashOf('')}`)
    await forge(folder, '2026-10')
    expect(await checkBilling(folder, null)).toMatchObject([{ isChecked: false }])
    await expect(checkBilling(folder, [kept])).rejects.toThrow('billing-2026-10.manifest.json has another SHA-256')

    // Files that were changed in the store do not change what was kept; a month of an older console has nothing kept.
    await sql`update billing_files set bytes = ${Buffer.from('{}')} where file = 'manifest'`.execute(store.db)
    expect(await months.manifestSha256('2026-10')).toBe(kept)
    await store.db.deleteFrom('billing_manifests').execute()
    expect(await months.manifestSha256('2026-10')).toBe(hashOf('{}'))
    expect(await months.manifestSha256('2026-11')).toBeNull()
  })
})

test('the command says that it did not check the manifest, with its hash, and ends with 1 when that is another', async () => {
  const { months, close } = await twoMonths(await emptyStore('duckdb'))
  await close('2026-10')
  const folder = await exported(months, '2026-10')
  const verify = (...more: string[]) => promisify(execFile)(process.execPath, [COMMAND, 'verify', folder, ...more])
  const hash = (await months.manifestSha256('2026-10')) ?? ''
  expect((await verify()).stdout).toMatch(new RegExp(`manifest itself was not checked.* ${hash}`))
  expect((await verify('--sha256', hash)).stdout).not.toContain('not checked')
  const refused = { code: 1, stderr: expect.stringContaining('has another SHA-256') }
  await expect(verify('--sha256', hashOf(''))).rejects.toMatchObject(refused)
})
