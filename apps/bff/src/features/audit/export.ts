import type { AuditRecord } from '@ostor-console/shared/audit'
import { said } from '@ostor-console/shared/said'
import { stringify } from 'csv-stringify/sync'
import type { End } from '../../adapters/store/audit.ts'

type Format = 'csv' | 'jsonl'

export const TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
}

const COLUMNS = {
  at: 'Time',
  actor: 'Admin',
  action: 'Action',
  outcome: 'Outcome',
  cluster: 'Cluster',
  target: 'Target',
  userId: 'User id',
  bucket: 'Bucket',
  before: 'Before',
  after: 'After',
  detail: 'Detail',
  address: 'From',
  requestIds: 'Gateway requests',
  id: 'Operation',
} as const satisfies Record<keyof AuditRecord, string>
const NAMES = Object.values(COLUMNS)

/** As the files that the pages hand over: what begins like a formula is made text. */
const csv = (rows: readonly unknown[]): string =>
  stringify([...rows], {
    columns: Object.keys(COLUMNS),
    escape_formulas: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  })

const jsonOf = (fields: AuditRecord['before']): string => (fields === null ? '' : JSON.stringify(fields))

const WRITERS = {
  csv: {
    head: () => csv([NAMES]),
    rows: (entries: AuditRecord[]) =>
      csv(
        entries.map((entry) => ({
          ...entry,
          before: jsonOf(entry.before),
          after: jsonOf(entry.after),
          requestIds: entry.requestIds.join(' '),
        })),
      ),
    end: (entries: number) => csv([['End of the export', `${entries} entries`, ...NAMES.slice(2).map(() => '')]]),
  },
  jsonl: {
    head: () => '',
    rows: (entries: AuditRecord[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
    end: (entries: number) => `${JSON.stringify({ end: true, entries })}\n`,
  },
} satisfies Record<Format, unknown>

/** The lines of a file. The last one says how many entries there are: a file without it was cut off. */
export async function* exportOf(
  format: Format,
  pages: AsyncIterable<AuditRecord[]>,
  onEnd: (sent: End) => Promise<void>,
): AsyncGenerator<string> {
  const { head, rows, end } = WRITERS[format]
  let entries = 0
  let isWhole = false
  try {
    const first = head()
    if (first !== '') yield first
    for await (const page of pages) {
      if (page.length > 0) yield rows(page)
      entries += page.length
    }
    yield end(entries)
    isWhole = true
  } finally {
    const after = { entries: String(entries) }
    await onEnd(
      isWhole ? { outcome: 'done', after } : { outcome: 'refused', after, detail: said`The file was cut off` },
    )
  }
}

/** Names the cluster and the range, in days of UTC. */
export const fileNameOf = (
  cluster: string,
  { format, from, to }: { format: Format; from?: string | undefined; to?: string | undefined },
  now: Date,
): string => {
  const last = to === undefined ? now : new Date(Date.parse(to) - 1)
  const since = from === undefined ? 'up' : from.slice(0, 10)
  return `audit-${cluster}-${since}-to-${last.toISOString().slice(0, 10)}.${format}`
}
