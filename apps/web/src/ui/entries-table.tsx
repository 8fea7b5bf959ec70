import type { ReactNode } from 'react'
import './data-table.css'
import './entries.css'

type Props = {
  label: string
  columns: readonly string[]
  /** The columns whose figures stand one under the other, at the right: their cells have the class `entries-end`. */
  ends?: readonly string[]
  /** The rows are of an earlier request while a new one is under way. */
  busy?: boolean
  children: ReactNode
}

/** A table whose rows are high, and on a narrow screen become cards with the name of the column beside each value. */
export function EntriesTable({ label, columns, ends = [], busy = false, children }: Props) {
  return (
    <table className={busy ? 'table table-busy entries' : 'table entries'} aria-label={label}>
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col" className={ends.includes(name) ? 'entries-end' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}
