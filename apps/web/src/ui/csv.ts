import { stringify } from 'csv-stringify/browser/esm/sync'

export type CsvRow = Record<string, string | number | null>

/** A table for a spreadsheet: what begins like a formula is made text, and what is not known is empty. */
export const csvOf = (rows: CsvRow[]): string =>
  stringify(rows, { header: true, escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ })

/** Hands the rows over as a file. */
export const saveCsv = (name: string, rows: CsvRow[]): void => {
  const url = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name.replaceAll(/[^\w.@-]+/g, '-')}.csv`
  link.click()
  URL.revokeObjectURL(url)
}
