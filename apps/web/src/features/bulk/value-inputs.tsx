import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { NativeSelect, TextInput } from '@mantine/core'
import type { BulkAction } from '@ostor-console/shared/bulk'
import { type Draft, type Entry, FIELDS, type FieldName, LEFT } from './value-draft.ts'

type Props = { action: BulkAction; draft: Draft; onEdit: (name: FieldName, entry: Entry) => void }

const LEAVE = { value: 'leave', label: msg`Leave as it is` }
const CHOICES = [
  { value: 'unlimited', label: msg`Unlimited` },
  { value: 'limit', label: msg`Limit to` },
]

/** What is to be set, where the action sets something. */
export function ValueInputs({ action, draft, onEdit }: Props) {
  const { t } = useLingui()
  if (action === 'set-quota') {
    const entry = draft.size ?? { what: 'unlimited', text: '' }
    return <ValueInput label={t`Quota`} unit="GB" entry={entry} onEdit={(next) => onEdit('size', next)} />
  }
  if (action !== 'set-limits') return null
  return FIELDS.map(({ name, label, unit }) => (
    <ValueInput
      key={name}
      label={t(label)}
      unit={unit}
      entry={draft[name] ?? LEFT}
      mayLeave
      onEdit={(next) => onEdit(name, next)}
    />
  ))
}

type InputProps = { label: string; unit: string; entry: Entry; mayLeave?: boolean; onEdit: (entry: Entry) => void }

function ValueInput({ label, unit, entry, mayLeave = false, onEdit }: InputProps) {
  const { t } = useLingui()
  const choices = mayLeave ? [LEAVE, ...CHOICES] : CHOICES
  const choose = (value: string) =>
    onEdit({ ...entry, what: value === 'limit' || value === 'unlimited' ? value : 'leave' })
  return (
    <div className="bulk-value">
      <span>{label}</span>
      <NativeSelect
        size="xs"
        aria-label={t`${label}: what to set`}
        data={choices.map((choice) => ({ value: choice.value, label: t(choice.label) }))}
        value={entry.what}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        aria-label={t`${label}, ${unit}`}
        inputMode="numeric"
        disabled={entry.what !== 'limit'}
        value={entry.what === 'limit' ? entry.text : ''}
        placeholder={entry.what === 'limit' ? '' : '—'}
        onChange={(event) => onEdit({ what: 'limit', text: event.currentTarget.value })}
        rightSection={<span className="dimmed">{unit}</span>}
        rightSectionWidth={52}
      />
    </div>
  )
}
