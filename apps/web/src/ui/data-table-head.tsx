import { Trans } from '@lingui/react/macro'
import IconArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs'
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs'
import type { ReactNode } from 'react'
import { cellClass } from './data-table-row.tsx'

type Props = {
  column:
    | { header: string; head?: ReactNode; numeric?: boolean; wide?: boolean; from?: string; width?: string }
    | undefined
  sorted: false | 'asc' | 'desc'
  onSort: (() => void) | undefined
}

const ORDER = { asc: 'ascending', desc: 'descending' } as const

export function HeadCell({ column, sorted, onSort }: Props) {
  if (!column) return null
  const { header, head, width } = column
  const Arrow = sorted === 'desc' ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      className={cellClass(column)}
      style={width ? { width } : undefined}
      {...(onSort && { 'aria-sort': sorted ? ORDER[sorted] : 'none' })}
    >
      {onSort ? (
        <button type="button" className={sorted ? 'sort sort-on' : 'sort'} onClick={onSort}>
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
