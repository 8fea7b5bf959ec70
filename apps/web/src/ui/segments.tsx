import { useId } from 'react'
import './segments.css'

type Props<T extends string> = {
  label: string
  choices: readonly { value: T; label: string }[]
  value: T
  onChange: (value: T) => void
}

/** One of a few words side by side. The kit's own measures where to put its mark, which lays the page out once more for each. */
export function Segments<T extends string>({ label, choices, value, onChange }: Props<T>) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className="segments">
      {choices.map((choice) => (
        <label key={choice.value} className="segment">
          <input
            type="radio"
            className="sr-only"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  )
}
