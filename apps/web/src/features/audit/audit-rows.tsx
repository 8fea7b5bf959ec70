import type { AuditEntry } from '@ostor-console/shared/audit'
import { AuditRow } from './audit-row.tsx'
import type { OnReverse } from './reverse-button.tsx'
import '../../ui/data-table.css'
import '../../ui/entries.css'
import './audit.css'

const COLUMNS = ['Time', 'Admin', 'Action', 'Target', 'Change', 'Outcome']

type Props = { label: string; entries: readonly AuditEntry[]; onReverse: OnReverse }

export function AuditRows({ label, entries, onReverse }: Props) {
  return (
    <table className="table entries" aria-label={label}>
      <thead>
        <tr>
          {COLUMNS.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} onReverse={onReverse} />
        ))}
      </tbody>
    </table>
  )
}
