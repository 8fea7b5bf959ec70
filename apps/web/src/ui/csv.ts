import { stringify } from 'csv-stringify/browser/esm/sync'
import { saveFile } from './save-file.ts'

export type CsvRow = Record<string, string | number | null>

/** A table for a spreadsheet: what begins like a formula is made text, and what is not known is empty. */
export const csvOf = (rows: CsvRow[]): string =>
  stringify(rows, { header: true, escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ })

/** Hands the rows over as a file. */
export const saveCsv = (name: string, rows: CsvRow[]): void =>
  saveFile(`${name.replaceAll(/[^\w.@-]+/g, '-')}.csv`, 'text/csv;charset=utf-8', csvOf(rows))
