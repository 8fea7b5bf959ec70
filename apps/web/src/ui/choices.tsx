import { type ReactNode, useId } from 'react'
import './choices.css'

type Choice<T extends string> = { value: T; label: ReactNode; description?: string; disabled?: boolean }

type Props<T extends string> = {
  label: string
  choices: readonly Choice<T>[]
  /** `null` until one is chosen. */
  value: T | null
  onChange: (value: T) => void
}

/** One of few, each with what follows from it. */
export function Choices<T extends string>({ label, choices, value, onChange }: Props<T>) {
  const id = useId()
  return (
    <div role="radiogroup" aria-label={label} className="choices">
      {choices.map((choice, place) => (
        <label key={choice.value} className="choice">
          <input
            type="radio"
            name={id}
            value={choice.value}
            checked={value === choice.value}
            disabled={choice.disabled}
            aria-labelledby={`${id}-${place}`}
            aria-describedby={`${id}-${place}-about`}
            onChange={() => onChange(choice.value)}
          />
          <span>
            <span id={`${id}-${place}`}>{choice.label}</span>
            {choice.description && (
              <span id={`${id}-${place}-about`} className="choice-about">
                {choice.description}
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  )
}
