import { Trans } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import IconColumns from '@tabler/icons-react/dist/esm/icons/IconColumns3.mjs'
import { shownColumns, withColumn } from '../address/hidden-columns.ts'

type Props = {
  columns: readonly { id: string; header: string; wide?: boolean; from?: string }[]
  /** As the address says it. */
  hide: string | undefined
  onHide: (hide: string | undefined) => void
}

/** Which columns a list shows, of those that the window has room for. */
export function ColumnsMenu({ columns, hide, onHide }: Props) {
  const shown = new Set(shownColumns(columns, hide).map(({ id }) => id))
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          className="columns-menu"
          leftSection={<IconColumns size={14} aria-hidden="true" />}
        >
          <Trans>Columns</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns
          .filter(({ wide }) => wide)
          .map(({ id, header, from }) => (
            <Menu.CheckboxItem
              key={id}
              {...(from && { className: `cell-${from}` })}
              checked={shown.has(id)}
              onChange={(isShown) => onHide(withColumn(hide, id, isShown))}
            >
              {header}
            </Menu.CheckboxItem>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}
