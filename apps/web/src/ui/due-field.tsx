import { useLingui } from '@lingui/react/macro'
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { typedText } from '../format/days.ts'
import { DELAYS, type Due, instantOf } from '../format/due.ts'
import { timeZone } from '../format/preferences.ts'

type Props = {
  label: string
  description?: string
  due: Due
  onDue: (due: Due) => void
  error: string | null
  /** Without it, "At once" is no choice. */
  canBeNow?: boolean
}

/** When something is to happen: at once, after a while, or at a date. */
export function DueField({ label, description, due, onDue, error, canBeNow = false }: Props) {
  const { t } = useLingui()
  const delays = DELAYS.filter(({ value }) => canBeNow || value !== 'now')
  const choose = (value: string | null) => {
    const delay = DELAYS.find((each) => each.value === value)
    onDue(delay ? { delay: delay.value } : { delay: 'date', text: typedText(Date.now() + 86_400_000) })
  }
  return (
    <div className="due">
      <Select
        label={label}
        description={description}
        allowDeselect={false}
        value={due.delay}
        onChange={choose}
        data={[
          ...delays.map(({ value, label: text }) => ({ value, label: t(text) })),
          { value: 'date' as const, label: t`At a date…` },
        ]}
        error={due.delay === 'date' ? null : error}
      />
      {due.delay === 'date' && (
        <TextInput
          type="datetime-local"
          label={timeZone() === 'UTC' ? t`Date and time, UTC` : t`Date and time, your time`}
          value={due.text}
          onChange={(event) => onDue({ delay: 'date', text: event.currentTarget.value })}
          error={error}
        />
      )}
    </div>
  )
}

/** The date that is chosen in a dialog, for its field and for whoever confirms. */
export function useDue(start: Due) {
  const [due, setDue] = useState(start)
  const [error, setError] = useState<string | null>(null)
  const onDue = (next: Due) => {
    setDue(next)
    setError(null)
  }
  return {
    field: { due, error, onDue },
    isNow: due.delay === 'now',
    /** Goes on with the instant, `null` for at once; where there is none, the field says why. */
    confirm: (then: (at: string | null) => void): void => {
      const found = instantOf(due, new Date())
      if ('error' in found) setError(found.error)
      else then(found.at)
    },
  }
}
