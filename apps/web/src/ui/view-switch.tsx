import { SegmentedControl } from '@mantine/core'

export type View = 'chart' | 'table'

type Props = { label: string; view: View; onView: (view: View) => void }

/** Every chart is a table too. */
export const ViewSwitch = ({ label, view, onView }: Props) => (
  <SegmentedControl
    size="xs"
    aria-label={label}
    value={view}
    onChange={(value) => onView(value === 'table' ? 'table' : 'chart')}
    data={[
      { value: 'chart', label: 'Chart' },
      { value: 'table', label: 'Table' },
    ]}
  />
)
