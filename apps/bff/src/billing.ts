import { parseArgs } from 'node:util'
import { BillingFileError, checkBilling } from './adapters/store/billing-check.ts'

const USAGE = `Usage: npm run billing -- verify FOLDER

Compares the files of closed months in FOLDER with the manifest of each: SHA-256, number of lines, and the sums of counters
and amounts, which it adds up again from the CSV and from the Parquet file. It needs neither the store nor the console.`

const folderOf = (): string | null => {
  try {
    const { positionals } = parseArgs({ args: process.argv.slice(2), allowPositionals: true })
    const [command, folder = null, ...others] = positionals
    return command === 'verify' && others.length === 0 ? folder : null
  } catch {
    return null
  }
}

const folder = folderOf()
if (folder === null) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  try {
    for (const { month, lines, files } of await checkBilling(folder))
      console.log(`${month}: ${lines} lines, ${files.map(({ file }) => file).join(' and ')} are as they were closed.`)
  } catch (error) {
    if (!(error instanceof BillingFileError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
