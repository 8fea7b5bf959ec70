import { useLingui } from '@lingui/react/macro'
import { SegmentedControl } from '@mantine/core'

export type View = 'chart' | 'table'

type Props = { label: string; view: View; onView: (view: View) => void }

/** Every chart is a table too. */
export function ViewSwitch({ label, view, onView }: Props) {
  const { t } = useLingui()
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={view}
      onChange={(value) => onView(value === 'table' ? 'table' : 'chart')}
      data={[
        { value: 'chart', label: t`Chart` },
        { value: 'table', label: t`Table` },
      ]}
    />
  )
}
