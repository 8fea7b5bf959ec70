import { useLingui } from '@lingui/react/macro'
import { Input, TextInput } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { Segments } from '../../ui/segments.tsx'
import type { Field } from './limit-fields.ts'
import type { Entry } from './limits-change.ts'

type Props = {
  field: Field
  entry: Entry
  error: ReactNode
  changed: boolean
  onEdit: (entry: Entry) => void
}

export function LimitInput({ field, entry, error, changed, onEdit }: Props) {
  const { t } = useLingui()
  const { unit } = field
  const label = t(field.label)
  const errorId = useId()
  return (
    <div className={changed ? 'limit-input limit-changed' : 'limit-input'}>
      <span className="limit-name">
        {label} <span className="dimmed">{t(field.note)}</span>
      </span>
      <span className="limit-value">
        <Segments
          label={t`${label}: unlimited or limited`}
          choices={[
            { value: 'unlimited', label: t`Unlimited` },
            { value: 'limited', label: t`Limit to` },
          ]}
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
          error={Boolean(error)}
          aria-describedby={error ? errorId : undefined}
          onChange={(event) => onEdit({ limited: true, text: event.currentTarget.value })}
          rightSection={
            <span className="limit-unit" translate="no">
              {unit}
            </span>
          }
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
