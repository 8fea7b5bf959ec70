/* oxlint-disable jsx-a11y/control-has-associated-label -- a cell holds what its column gives it */
import { useLingui } from '@lingui/react'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import type { Preferences } from '../format/preferences.ts'
import { HeadCell } from './data-table-head.tsx'
import { DataRow } from './data-table-row.tsx'
import { useDrawnRows } from './drawn-rows.ts'
import { usePreferences } from './use-preferences.ts'
import './data-table.css'

export type Column<Row> = {
  id: string
  header: string
  /** In place of the header's text, which stays its name. */
  head?: ReactNode
  /** Drawn again when somebody chooses other units or times. */
  cell: (row: Row, chosen: Preferences) => ReactNode
  /** The server can sort by it: `email` up, `-email` down. */
  sortable?: boolean
  /** Figures: aligned right, digits of one width, and the largest first. */
  numeric?: boolean
  /** Left out on a narrow window. */
  wide?: boolean
  /** Left out on a window that is narrower than that of a laptop, or of a desk, where the others need the room. */
  from?: 'laptop' | 'desk'
  /** CSS width; the columns without one share the rest. */
  width?: string
}

type Props<Row> = {
  /** Names the table to a screen reader. */
  label: string
  rows: Row[]
  columns: Column<Row>[]
  rowKey: (row: Row) => string
  sort?: string
  onSort?: (sort: string) => void
  /** The rows are of an earlier request while a new one is under way. */
  busy?: boolean
  /** More columns than a window holds: the table scrolls sideways in itself. */
  sideways?: boolean
}

/** A list that the server sorts and pages; long pages are drawn only where one looks. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { label, rows, columns, rowKey, sort, onSort, busy = false, sideways = false } = props
  const { i18n } = useLingui()
  const frame = useRef<HTMLDivElement>(null)
  const chosen = usePreferences()
  const { from, to, above, below } = useDrawnRows(rows, frame)

  return (
    <div ref={frame} className={sideways ? 'table-frame table-sideways' : 'table-frame'}>
      {/* A row that was drawn once is drawn again in another language. */}
      <table
        key={i18n.locale}
        className={busy ? 'table table-busy' : 'table'}
        aria-label={label}
        aria-rowcount={rows.length + 1}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the links in it take the keys */}
        <tbody onKeyDown={moveByArrow}>
          {above > 0 && <Gap height={above} />}
          {rows.slice(from, to).map((row, at) => (
            <DataRow key={rowKey(row)} row={row} index={from + at} columns={columns} chosen={chosen} />
          ))}
          {below > 0 && <Gap height={below} />}
        </tbody>
      </table>
    </div>
  )
}

const Gap = ({ height }: { height: number }) => (
  <tr aria-hidden="true" className="table-gap">
    <td style={{ height }} />
  </tr>
)

/** Up and down go from the first link of a row to that of the next. */
const moveByArrow = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  if (!(event.target instanceof HTMLAnchorElement)) return
  const row = event.target.closest('tr')
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling
  const link = next?.querySelector('a')
  if (!link) return
  event.preventDefault()
  link.focus()
}
