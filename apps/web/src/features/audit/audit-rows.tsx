import { useLingui } from '@lingui/react/macro'
import type { AuditEntry } from '@ostor-console/shared/audit'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { AuditRow } from './audit-row.tsx'
import type { OnReverse } from './reverse-button.tsx'
import './audit.css'

type Props = { label: string; entries: readonly AuditEntry[]; busy?: boolean; onReverse: OnReverse }

export function AuditRows({ label, entries, busy = false, onReverse }: Props) {
  const { t } = useLingui()
  const change = t({ message: 'Change', context: 'what was changed' })
  return (
    <EntriesTable label={label} columns={[t`Time`, t`Admin`, t`Action`, t`Target`, change, t`Outcome`]} busy={busy}>
      {entries.map((entry) => (
        <AuditRow key={entry.id} entry={entry} onReverse={onReverse} />
      ))}
    </EntriesTable>
  )
}
