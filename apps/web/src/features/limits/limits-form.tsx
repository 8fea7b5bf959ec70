import { Alert, Button, Group } from '@mantine/core'
import { type Limits, NewBandwidthLimit, NewOpsLimit } from '@ostor-console/shared/limits'
import { type FormEvent, useState } from 'react'
import { ProblemAlert, problemOf } from '../../ui/problem-alert.tsx'
import { BANDWIDTH_FIELDS, FIELDS, type Field, type FieldName, limitText, OPS_FIELDS, valueOf } from './limit-fields.ts'
import { LimitInput } from './limit-input.tsx'
import { LimitTrialNote } from './limit-trial-note.tsx'
import { type Target, useChangeLimits } from './limits.queries.ts'
import {
  changesIn,
  type Difference,
  differences,
  draftOf,
  type Entry,
  limitOf,
  rebase,
  requestOf,
} from './limits-change.ts'
import { UnsavedLimits } from './unsaved-limits.tsx'

type Props = {
  cluster: string
  target: Target
  /** The limits as they were when the form was opened. */
  start: Limits
  /** The limits as they are now. */
  now: Limits
  onDone: () => void
  onReadAgain: () => void
}

type Errors = { [Name in FieldName]?: string | undefined }

export default function LimitsForm({ cluster, target, start, now, onDone, onReadAgain }: Props) {
  const save = useChangeLimits(cluster, target)
  const [base, setBase] = useState(start)
  const [draft, setDraft] = useState(() => draftOf(start))
  const [errors, setErrors] = useState<Errors>({})
  const changes = changesIn(base, draft)
  const theirs = differences(base, now)
  const touched = FIELDS.some(({ name }) => limitOf(draft[name]) !== valueOf(base, name))
  const summary = changes.length === 0 ? 'Nothing changed yet' : changes.map(changeText).join(' · ')

  const edit = (name: FieldName, entry: Entry) => {
    setDraft((all) => ({ ...all, [name]: entry }))
    setErrors((all) => ({ ...all, [name]: undefined }))
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = Object.fromEntries(
      FIELDS.flatMap((field) => {
        const error = errorOf(field, draft[field.name], changes)
        return error ? [[field.name, error] as const] : []
      }),
    )
    setErrors(found)
    if (Object.keys(found).length > 0) return
    if (changes.length === 0) return onDone()
    save.mutate(
      { body: requestOf(changes), version: base.version },
      { onSuccess: onDone, onError: (error) => setErrors(errorsFrom(error)) },
    )
  }

  const inputs = (fields: Field[]) =>
    fields.map((field) => (
      <LimitInput
        key={field.name}
        field={field}
        entry={draft[field.name]}
        error={errors[field.name]}
        changed={changes.some((change) => change.field.name === field.name)}
        onEdit={(entry) => edit(field.name, entry)}
      />
    ))

  return (
    <>
      {touched && <UnsavedLimits />}
      <form onSubmit={submit} noValidate className="limits-form">
        {theirs.length > 0 && (
          <ChangedMeanwhile
            theirs={theirs}
            mine={changes}
            onKeep={() => {
              setDraft(rebase(base, now, draft))
              setBase(now)
              save.reset()
            }}
            onTake={() => {
              setDraft(draftOf(now))
              setBase(now)
              save.reset()
            }}
          />
        )}
        <div className="limits">
          <fieldset>
            <legend className="limits-title">Operations per second</legend>
            {inputs(OPS_FIELDS)}
          </fieldset>
          <fieldset>
            <legend className="limits-title">Bandwidth</legend>
            {inputs(BANDWIDTH_FIELDS)}
          </fieldset>
        </div>
        <LimitTrialNote cluster={cluster} target={target} changes={changes} />
        {save.error && !(problemOf(save.error).type === '/problems/changed-meanwhile' && theirs.length > 0) && (
          <ProblemAlert error={save.error} onReadAgain={onReadAgain} />
        )}
        <Group justify="space-between" gap="sm">
          <span className="dimmed limits-count" aria-live="polite">
            {Object.values(errors).some(Boolean) ? 'Nothing is saved: correct what is marked' : summary}
          </span>
          <Group gap="sm">
            <Button variant="default" onClick={onDone} disabled={save.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={theirs.length > 0}>
              Save
            </Button>
          </Group>
        </Group>
      </form>
    </>
  )
}

const changeText = ({ field, from, to }: Difference): string =>
  `${field.label}: ${limitText(from, field.unit)} → ${limitText(to, field.unit)}`

type Meanwhile = { theirs: Difference[]; mine: Difference[]; onKeep: () => void; onTake: () => void }

const ChangedMeanwhile = ({ theirs, mine, onKeep, onTake }: Meanwhile) => (
  <Alert color="yellow" role="alert" title="Somebody else changed these limits in the meantime" className="problem">
    <ul className="plain-list">
      {theirs.map((difference) => {
        const own = mine.find(({ field }) => field.name === difference.field.name)
        return (
          <li key={difference.field.name}>
            {changeText(difference)}
            {own && ` (yours: ${limitText(own.to, own.field.unit)})`}
          </li>
        )
      })}
    </ul>
    <Group gap="xs" mt="xs">
      <Button size="xs" variant="default" onClick={onKeep}>
        Keep my changes on top of theirs
      </Button>
      <Button size="xs" variant="default" onClick={onTake}>
        Drop my changes
      </Button>
    </Group>
  </Alert>
)

const errorOf = (field: Field, entry: Entry, changes: Difference[]): string | null => {
  const limit = limitOf(entry)
  if (limit === null) return 'Enter a whole number in digits, or choose unlimited'
  // A value that the gateway gave, with its decimals, may stay as long as nobody touches it.
  if (!changes.some((change) => change.field.name === field.name)) return null
  const schema = field.group === 'bandwidth' ? NewBandwidthLimit : NewOpsLimit
  return schema.safeParse(limit).error?.issues[0]?.message ?? null
}

/** What the server says about a field belongs at the field. */
const errorsFrom = (error: Error): Errors => {
  const { errors = [] } = problemOf(error)
  return Object.fromEntries(
    errors.flatMap(({ pointer, detail }) => {
      const field = FIELDS.find(({ name, group }) => pointer === `/body/${group}/${name}`)
      return field ? [[field.name, detail] as const] : []
    }),
  )
}
