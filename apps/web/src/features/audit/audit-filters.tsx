import { Pill, Select, TextInput } from '@mantine/core'
import { OUTCOMES } from '@ostor-console/shared/audit'
import { useQuery } from '@tanstack/react-query'
import { FilterSelect, plainChoices } from '../../ui/filter-select.tsx'
import { shorten } from '../../ui/foreign-text.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { actorsQuery } from './audit.queries.ts'
import type { AuditSearch } from './audit.search.ts'
import { actionChoices, OUTCOME_WORDS } from './audit-words.ts'
import './audit.css'

const ACTION_CHOICES = actionChoices()

type Props = {
  cluster: string
  search: AuditSearch
  onChange: (change: { [Name in keyof AuditSearch]?: string | undefined }, replace?: boolean) => void
}

export function AuditFilters({ cluster, search, onChange }: Props) {
  const actors = useQuery(actorsQuery(cluster)).data ?? []
  const { actor } = search
  const choices = actor === undefined || actors.includes(actor) ? actors : [actor, ...actors]
  return (
    <div className="toolbar">
      <SearchBox
        label="Search admins, targets, ids, values, reasons"
        value={search.search ?? ''}
        onSearch={(text) => onChange({ search: text }, true)}
      />
      <FilterSelect
        label="Admin"
        all="All admins"
        width={200}
        value={actor}
        onChange={(chosen) => onChange({ actor: chosen ?? undefined })}
        data={plainChoices(choices)}
      />
      <Select
        size="xs"
        w={220}
        aria-label="Action"
        placeholder="All actions"
        clearable
        clearButtonProps={{ 'aria-label': 'All actions' }}
        value={search.action ?? null}
        onChange={(chosen) => onChange({ action: chosen ?? undefined })}
        data={ACTION_CHOICES}
        maxDropdownHeight={360}
      />
      <FilterSelect
        label="Outcome"
        all="All outcomes"
        width={150}
        value={search.outcome}
        onChange={(chosen) => onChange({ outcome: chosen ?? undefined })}
        data={OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value].word }))}
      />
      <span className="audit-days">
        <Day label="From" value={search.from} onChange={(from) => onChange({ from })} />
        <Day label="To" value={search.to} onChange={(to) => onChange({ to })} />
      </span>
      {search.userId !== undefined && (
        <Subject text={`User ${shorten(search.userId, 40)}`} onRemove={() => onChange({ userId: undefined })} />
      )}
      {search.bucket !== undefined && (
        <Subject text={`Bucket ${shorten(search.bucket, 40)}`} onRemove={() => onChange({ bucket: undefined })} />
      )}
    </div>
  )
}

type DayProps = { label: string; value: string | undefined; onChange: (day: string | undefined) => void }

/** A day of the page's clock, inside the range. */
const Day = ({ label, value, onChange }: DayProps) => (
  <label className="audit-day">
    {label}
    <TextInput
      type="date"
      size="xs"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  </label>
)

const Subject = ({ text, onRemove }: { text: string; onRemove: () => void }) => (
  <Pill
    withRemoveButton
    onRemove={onRemove}
    removeButtonProps={{ 'aria-label': `Not only: ${text}`, tabIndex: 0, 'aria-hidden': false }}
  >
    {text}
  </Pill>
)
