import { parseArgs } from 'node:util'
import { BillingFileError, checkBilling } from './adapters/store/billing-check.ts'

const USAGE = `Usage: npm run billing -- verify FOLDER [--sha256 HASH]...

Compares the files of closed months in FOLDER with the manifest of each: SHA-256, number of lines, and the sums of counters
and amounts, which it adds up again from the CSV and from the Parquet file. It needs neither the store nor the console.

--sha256 HASH  The SHA-256 of a manifest, as the page of the month in the console shows it; one for each month in FOLDER.
               Without it the manifest itself is not checked, and whoever changed the files may have changed it too.`

const asked = (): { folder: string; hashes: string[] | null } | null => {
  try {
    const options = { sha256: { type: 'string', multiple: true } } as const
    const { positionals, values } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options })
    const [command, folder, ...others] = positionals
    if (command !== 'verify' || folder === undefined || others.length > 0) return null
    return { folder, hashes: values.sha256 ?? null }
  } catch {
    return null
  }
}

const verify = async (folder: string, hashes: string[] | null): Promise<void> => {
  for (const { manifest, sha256, isChecked } of await checkBilling(folder, hashes)) {
    const { month, lines, files } = manifest
    console.log(`${month}: ${lines} lines, ${files.map(({ file }) => file).join(' and ')} are as the manifest says.`)
    if (isChecked) console.log(`${month}: the manifest is the one that has this SHA-256: ${sha256}`)
    else
      console.log(
        `${month}: the manifest itself was not checked. Compare its SHA-256 with the page of the month: ${sha256}`,
      )
  }
}

const { folder, hashes } = asked() ?? { folder: null, hashes: null }
if (folder === null) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  try {
    await verify(folder, hashes)
  } catch (error) {
    if (!(error instanceof BillingFileError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
