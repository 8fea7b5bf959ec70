import { Input, SegmentedControl, TextInput } from '@mantine/core'
import { useId } from 'react'
import type { Field } from './limit-fields.ts'
import type { Entry } from './limits-change.ts'

type Props = {
  field: Field
  entry: Entry
  error: string | undefined
  changed: boolean
  onEdit: (entry: Entry) => void
}

const CHOICES = [
  { value: 'unlimited', label: 'Unlimited' },
  { value: 'limited', label: 'Limit to' },
]

export function LimitInput({ field: { label, unit, note }, entry, error, changed, onEdit }: Props) {
  const errorId = useId()
  return (
    <div className={changed ? 'limit-input limit-changed' : 'limit-input'}>
      <span className="limit-name">
        {label} <span className="dimmed">{note}</span>
      </span>
      <span className="limit-value">
        <SegmentedControl
          size="xs"
          aria-label={`${label}: unlimited or limited`}
          data={CHOICES}
          value={entry.limited ? 'limited' : 'unlimited'}
          onChange={(value) => onEdit({ ...entry, limited: value === 'limited' })}
        />
        <TextInput
          size="xs"
          aria-label={`${label}, ${unit}`}
          inputMode="numeric"
          disabled={!entry.limited}
          value={entry.limited ? entry.text : ''}
          placeholder={entry.limited ? '' : '—'}
          error={error !== undefined}
          aria-describedby={error ? errorId : undefined}
          onChange={(event) => onEdit({ limited: true, text: event.currentTarget.value })}
          rightSection={<span className="limit-unit">{unit}</span>}
          rightSectionWidth={52}
        />
      </span>
      {error && (
        <Input.Error id={errorId} className="limit-error">
          {error}
        </Input.Error>
      )}
    </div>
  )
}
