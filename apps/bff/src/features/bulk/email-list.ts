import { MOST_ITEMS } from '@ostor-console/shared/bulk'
import { problem } from '@ostor-console/shared/problem'
import { CsvError, parse } from 'csv-parse/sync'
import * as z from 'zod'

export type EmailLine = { line: number; email: string }

const Records = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }))
/** Some more than may be chosen, so that too many are seen to be too many, and a wrong file costs no more than that. */
const MOST_LINES = 2 * MOST_ITEMS
const HEADERS = new Set(['e-mail', 'email', 'mail', 'e-mail address', 'email address', 'user', 'useremail'])

/** The first column of a list or of a CSV file, with the line of each; empty lines and headers are left out. */
export const emailLines = (text: string): EmailLine[] =>
  recordsOf(text)
    .map(({ record: [first = ''], info: { lines } }) => ({ line: lines, email: first.trim() }))
    .filter(({ email }) => email !== '' && !HEADERS.has(email.toLowerCase()))

const recordsOf = (text: string) => {
  try {
    const options = {
      bom: true,
      info: true,
      delimiter: [',', ';', '\t'],
      relax_column_count: true,
      relax_quotes: true,
      to: MOST_LINES,
    }
    return Records.parse(parse(text, options))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const errors = [{ pointer: '/body/choice/text', code: 'csv_unreadable', detail: error.message }]
    throw problem('request-invalid', { errors }, { cause: error })
  }
}
