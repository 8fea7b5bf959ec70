/* oxlint-disable jsx-a11y/control-has-associated-label -- a cell holds what its column gives it */
import { type ReactNode, useMemo } from 'react'
import type { Preferences } from '../format/preferences.ts'

type Column<Row> = {
  id: string
  cell: (row: Row, chosen: Preferences) => ReactNode
  numeric?: boolean
  wide?: boolean
  from?: string
}

type Props<Row> = { row: Row; index: number; columns: Column<Row>[]; chosen: Preferences }

/** A row is drawn once, however the list around it scrolls. */
export function DataRow<Row extends object>({ row, index, columns, chosen }: Props<Row>) {
  return useMemo(
    () => (
      <tr data-index={index} aria-rowindex={index + 2}>
        {columns.map((column) => (
          <Cell key={column.id} row={row} column={column} chosen={chosen} />
        ))}
      </tr>
    ),
    [row, index, columns, chosen],
  )
}

type CellProps<Row> = { row: Row; column: Column<Row>; chosen: Preferences }

/** And a cell only when its own column changes: ticking one row leaves the rest of all others alone. */
function Cell<Row extends object>({ row, column, chosen }: CellProps<Row>) {
  const { cell } = column
  const className = cellClass(column)
  return useMemo(() => <td className={className}>{cell(row, chosen)}</td>, [row, cell, className, chosen])
}

/** Of a cell and of the head above it. */
export const cellClass = ({ numeric, wide, from }: Omit<Column<never>, 'id' | 'cell'>): string | undefined =>
  [numeric && 'num', wide && 'cell-wide', from && `cell-${from}`].filter(Boolean).join(' ') || undefined
