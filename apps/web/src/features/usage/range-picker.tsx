import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import IconCalendar from '@tabler/icons-react/dist/esm/icons/IconCalendar.mjs'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs'
import { useState } from 'react'
import { formatSpan } from '../../format/dates.ts'
import { boundsOf, RANGE_LABELS, RANGE_NAMES, type RangeChoice } from '../../format/ranges.ts'
import { CustomRangeDialog } from './custom-range-dialog.tsx'

type Props = { choice: RangeChoice; onChoose: (choice: RangeChoice) => void }

export function RangePicker({ choice, onChoose }: Props) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Menu position="bottom-end" width={220} loop withinPortal={false}>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCalendar size={14} />}
            rightSection={<IconChevronDown size={14} />}
            aria-label={t`Range: ${labelOf(choice)}`}
          >
            {labelOf(choice)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {RANGE_NAMES.map((name) => (
            <Menu.Item
              key={name}
              onClick={() => onChoose(name)}
              {...(name === choice && {
                'aria-current': true,
                rightSection: <IconCheck size={14} aria-hidden="true" />,
              })}
            >
              {t(RANGE_LABELS[name])}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setAsking(true)}>
            <Trans>Choose days…</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && <CustomRangeDialog choice={choice} onChoose={onChoose} onClose={() => setAsking(false)} />}
    </>
  )
}

export const labelOf = (choice: RangeChoice): string =>
  typeof choice === 'string' ? t(RANGE_LABELS[choice]) : formatSpan(...boundsOf(choice, new Date()))
