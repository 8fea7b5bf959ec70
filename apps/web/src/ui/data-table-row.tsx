/* oxlint-disable jsx-a11y/control-has-associated-label -- a cell holds what its column gives it */
import { type ReactNode, type Ref, useMemo } from 'react'

type Column<Row> = { id: string; cell: (row: Row) => ReactNode; numeric?: boolean; wide?: boolean }

type Props<Row> = {
  row: Row
  index: number
  columns: Column<Row>[]
  /** Given where only the rows in sight are drawn, so that the height of each is known. */
  measure: Ref<HTMLTableRowElement>
}

/** A row is drawn once, however the list around it scrolls. */
export function DataRow<Row extends object>({ row, index, columns, measure }: Props<Row>) {
  return useMemo(
    () => (
      <tr ref={measure} data-index={index} aria-rowindex={index + 2}>
        {columns.map((column) => (
          <td key={column.id} className={cellClass(column)}>
            {column.cell(row)}
          </td>
        ))}
      </tr>
    ),
    [row, index, columns, measure],
  )
}

const cellClass = ({ numeric, wide }: Pick<Column<never>, 'numeric' | 'wide'>): string | undefined =>
  [numeric && 'num', wide && 'cell-wide'].filter(Boolean).join(' ') || undefined
