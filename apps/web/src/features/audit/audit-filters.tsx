import { useLingui } from '@lingui/react/macro'
import { Pill, Select, TextInput } from '@mantine/core'
import { OUTCOMES } from '@ostor-console/shared/audit'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FilterSelect, plainChoices } from '../../ui/filter-select.tsx'
import { shorten } from '../../ui/foreign-text.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { actorsQuery } from './audit.queries.ts'
import type { AuditSearch } from './audit.search.ts'
import { actionChoices, OUTCOME_WORDS } from './audit-words.ts'
import './audit.css'

type Props = {
  cluster: string
  search: AuditSearch
  onChange: (change: { [Name in keyof AuditSearch]?: string | undefined }, replace?: boolean) => void
}

export function AuditFilters({ cluster, search, onChange }: Props) {
  const { t } = useLingui()
  const actors = useQuery(actorsQuery(cluster)).data ?? []
  const { actor } = search
  const choices = actor === undefined || actors.includes(actor) ? actors : [actor, ...actors]
  const user = search.userId === undefined ? null : shorten(search.userId, 40)
  const bucket = search.bucket === undefined ? null : shorten(search.bucket, 40)
  return (
    <div className="toolbar">
      <SearchBox
        label={t`Search admins, targets, ids, values, reasons`}
        value={search.search ?? ''}
        onSearch={(text) => onChange({ search: text }, true)}
      />
      <FilterSelect
        label={t`Admin`}
        all={t`All admins`}
        width={200}
        value={actor}
        onChange={(chosen) => onChange({ actor: chosen ?? undefined })}
        data={plainChoices(choices)}
      />
      <Select
        size="xs"
        w={220}
        aria-label={t`Action`}
        placeholder={t`All actions`}
        clearable
        clearButtonProps={{ 'aria-label': t`All actions` }}
        value={search.action ?? null}
        onChange={(chosen) => onChange({ action: chosen ?? undefined })}
        data={actionChoices()}
        maxDropdownHeight={360}
      />
      <FilterSelect
        label={t`Outcome`}
        all={t`All outcomes`}
        width={150}
        value={search.outcome}
        onChange={(chosen) => onChange({ outcome: chosen ?? undefined })}
        data={OUTCOMES.map((value) => ({ value, label: t(OUTCOME_WORDS[value].word) }))}
      />
      <span className="audit-days">
        <Day
          label={t({ message: 'From', context: 'the first day' })}
          value={search.from}
          onChange={(from) => onChange({ from })}
        />
        <Day
          label={t({ message: 'To', context: 'the last day' })}
          value={search.to}
          onChange={(to) => onChange({ to })}
        />
      </span>
      {user !== null && <Subject text={t`User ${user}`} onRemove={() => onChange({ userId: undefined })} />}
      {bucket !== null && <Subject text={t`Bucket ${bucket}`} onRemove={() => onChange({ bucket: undefined })} />}
    </div>
  )
}

type DayProps = { label: string; value: string | undefined; onChange: (day: string | undefined) => void }

// While a year is typed, it is that of an earlier century first.
const EARLIEST = '1970-01-01'

/** A day of the page's clock, inside the range; what is half typed stays until the field is left. */
function Day({ label, value, onChange }: DayProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const type = ({ value: day, validity }: HTMLInputElement) => {
    setTyped(day)
    if (day === '' ? !validity.badInput : day >= EARLIEST) onChange(day || undefined)
  }
  // A day of which all parts were deleted, one by one, was half typed when that was last told.
  const leave = ({ value: day, validity }: HTMLInputElement) => {
    if (day === '' && !validity.badInput && value !== undefined) onChange(undefined)
    setTyped(null)
  }
  return (
    <label className="audit-day">
      {label}
      <TextInput
        type="date"
        size="xs"
        max="9999-12-31"
        value={typed ?? value ?? ''}
        onChange={(event) => type(event.currentTarget)}
        onBlur={(event) => leave(event.currentTarget)}
      />
    </label>
  )
}

function Subject({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useLingui()
  return (
    <Pill
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{ 'aria-label': t`Not only: ${text}`, tabIndex: 0, 'aria-hidden': false }}
    >
      {text}
    </Pill>
  )
}
