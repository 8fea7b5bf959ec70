/* oxlint-disable jsx-a11y/control-has-associated-label -- a cell holds what its column gives it */
import { type ReactNode, useMemo } from 'react'

type Column<Row> = { id: string; cell: (row: Row) => ReactNode; numeric?: boolean; wide?: boolean }

type Props<Row> = { row: Row; index: number; columns: Column<Row>[] }

/** A row is drawn once, however the list around it scrolls. */
export function DataRow<Row extends object>({ row, index, columns }: Props<Row>) {
  return useMemo(
    () => (
      <tr data-index={index} aria-rowindex={index + 2}>
        {columns.map((column) => (
          <Cell key={column.id} row={row} column={column} />
        ))}
      </tr>
    ),
    [row, index, columns],
  )
}

/** And a cell only when its own column changes: ticking one row leaves the rest of all others alone. */
function Cell<Row extends object>({ row, column }: { row: Row; column: Column<Row> }) {
  const { cell } = column
  const className = cellClass(column)
  return useMemo(() => <td className={className}>{cell(row)}</td>, [row, cell, className])
}

const cellClass = ({ numeric, wide }: Pick<Column<never>, 'numeric' | 'wide'>): string | undefined =>
  [numeric && 'num', wide && 'cell-wide'].filter(Boolean).join(' ') || undefined
