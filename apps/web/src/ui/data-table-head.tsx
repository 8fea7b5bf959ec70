import { Trans } from '@lingui/react/macro'
import IconArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs'
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs'
import type { ReactNode } from 'react'
import { cellClass } from './data-table-row.tsx'

type Props = {
  column: {
    id: string
    header: string
    head?: ReactNode
    sortable?: boolean
    numeric?: boolean
    wide?: boolean
    from?: string
    width?: string
  }
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
}

export function HeadCell({ column, sort, onSort }: Props) {
  const { id, header, head, sortable = false, numeric = false, width } = column
  const isUp = sort === id
  const isDown = sort === `-${id}`
  const order = isUp ? 'ascending' : isDown ? 'descending' : 'none'
  const next = isUp || (numeric && !isDown) ? `-${id}` : id
  const Arrow = isDown ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      className={cellClass(column)}
      style={width ? { width } : undefined}
      aria-sort={sortable ? order : undefined}
    >
      {sortable ? (
        <button type="button" className={order === 'none' ? 'sort' : 'sort sort-on'} onClick={() => onSort?.(next)}>
          {header}
          <Arrow size={13} aria-hidden="true" />
        </button>
      ) : (
        (head ?? header) || (
          <span className="sr-only">
            <Trans>Actions</Trans>
          </span>
        )
      )}
    </th>
  )
}
