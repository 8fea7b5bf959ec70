import { useLingui } from '@lingui/react/macro'
import { Segments } from './segments.tsx'

export type View = 'chart' | 'table'

type Props = { label: string; view: View; onView: (view: View) => void }

/** Every chart is a table too. */
export function ViewSwitch({ label, view, onView }: Props) {
  const { t } = useLingui()
  return (
    <Segments
      label={label}
      value={view}
      onChange={onView}
      choices={[
        { value: 'chart', label: t`Chart` },
        { value: 'table', label: t`Table` },
      ]}
    />
  )
}
