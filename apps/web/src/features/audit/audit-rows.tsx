import type { AuditEntry } from '@ostor-console/shared/audit'
import { AuditRow } from './audit-row.tsx'
import '../../ui/data-table.css'
import './audit.css'

const COLUMNS = ['Time', 'Admin', 'Action', 'Target', 'Change', 'Outcome']

export function AuditRows({ label, entries }: { label: string; entries: readonly AuditEntry[] }) {
  return (
    <table className="table audit-table" aria-label={label}>
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
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  )
}
