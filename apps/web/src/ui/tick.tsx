import './tick.css'

type Props = {
  label: string
  checked: boolean
  /** Some of what it stands for, but not all. */
  some?: boolean
  onChange: (isOn: boolean) => void
}

/** The browser's own box: a long list draws one for each row, and the kit's takes ten times as long. */
export const Tick = ({ label, checked, some = false, onChange }: Props) => (
  <input
    type="checkbox"
    className="tick"
    aria-label={label}
    checked={checked}
    ref={(box) => {
      if (box) box.indeterminate = some
    }}
    onChange={(event) => onChange(event.currentTarget.checked)}
  />
)
