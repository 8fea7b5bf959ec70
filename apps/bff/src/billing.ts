import { BillingFileError, checkBilling } from './adapters/store/billing-check.ts'
import { wordsOf } from './command.ts'

const USAGE = `Usage: npm run billing -- verify FOLDER [--sha256 HASH]...

Compares the files of closed months in FOLDER with the manifest of each: SHA-256, number of lines, and the sums of counters
and amounts, which it adds up again from the CSV and from the Parquet file. It needs neither the store nor the console.

--sha256 HASH  The SHA-256 of a manifest, as the page of the month in the console shows it; one for each month in FOLDER.
               Without it the manifest itself is not checked, and whoever changed the files may have changed it too.`

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

const words = wordsOf({ allowPositionals: true, options: { sha256: { type: 'string', multiple: true } } })
const [command, folder, ...others] = words?.positionals ?? []
if (command !== 'verify' || folder === undefined || others.length > 0) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  try {
    await verify(folder, words?.values.sha256 ?? null)
  } catch (error) {
    if (!(error instanceof BillingFileError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
