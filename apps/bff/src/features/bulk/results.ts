import { stringify } from 'csv-stringify/sync'
import type { BulkItems } from '../../adapters/store/bulk-items.ts'
import type { RunRow } from '../../adapters/store/bulk-runs.ts'

const AT_ONCE = 2000
const COLUMNS = ['position', 'line', 'userId', 'email', 'planned', 'state', 'detail', 'operationId', 'endedAt']

const lines = (rows: object[], header: boolean): string =>
  stringify(rows, {
    columns: COLUMNS,
    header,
    escape_formulas: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  })

/** All items as CSV, a part at a time; what begins like a formula is made text. */
export async function* resultsOf(items: Pick<BulkItems, 'after'>, { id }: Pick<RunRow, 'id'>) {
  yield lines([], true)
  let last = 0
  for (;;) {
    const part = await items.after(id, last, AT_ONCE)
    const end = part.at(-1)
    if (!end) return
    yield lines(part, false)
    last = end.position
  }
}
