import type { AuditEntry } from '@ostor-console/shared/audit'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { AuditRow } from './audit-row.tsx'
import type { OnReverse } from './reverse-button.tsx'
import './audit.css'

const COLUMNS = ['Time', 'Admin', 'Action', 'Target', 'Change', 'Outcome']

type Props = { label: string; entries: readonly AuditEntry[]; onReverse: OnReverse }

export function AuditRows({ label, entries, onReverse }: Props) {
  return (
    <EntriesTable label={label} columns={COLUMNS}>
      {entries.map((entry) => (
        <AuditRow key={entry.id} entry={entry} onReverse={onReverse} />
      ))}
    </EntriesTable>
  )
}
