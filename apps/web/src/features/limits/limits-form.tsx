import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group } from '@mantine/core'
import type { Limits } from '@ostor-console/shared/limits'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { isFocusLost } from '../../ui/focus.ts'
import { ProblemAlert, problemOf } from '../../ui/problem-alert.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { Unsaved } from '../../ui/unsaved.tsx'
import { BANDWIDTH_FIELDS, FIELDS, type Field, type FieldName, limitText, OPS_FIELDS, valueOf } from './limit-fields.ts'
import { LimitInput } from './limit-input.tsx'
import { refusedBecause } from './limit-refusal.ts'
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

type Errors = { [Name in FieldName]?: ReactNode }

export default function LimitsForm({ cluster, target, start, now, onDone, onReadAgain }: Props) {
  const { t } = useLingui()
  const save = useChangeLimits(cluster, target)
  const form = useRef<HTMLFormElement>(null)
  const [base, setBase] = useState(start)
  const [draft, setDraft] = useState(() => draftOf(start))
  const [errors, setErrors] = useState<Errors>({})
  const changes = changesIn(base, draft)
  const theirs = differences(base, now)
  const touched = FIELDS.some(({ name }) => limitOf(draft[name]) !== valueOf(base, name))
  const summary = changes.length === 0 ? t`Nothing changed yet` : changes.map(changeText).join(' · ')

  // The button that opened the form is gone.
  useEffect(() => {
    if (isFocusLost()) form.current?.querySelector<HTMLElement>('input:checked:enabled')?.focus({ preventScroll: true })
  }, [])

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
      {touched && (
        <Unsaved>
          <Trans>The limits that you changed are not saved yet.</Trans>
        </Unsaved>
      )}
      <form ref={form} onSubmit={submit} noValidate className="limits-form">
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
            <legend className="limits-title">
              <Trans>Operations per second</Trans>
            </legend>
            {inputs(OPS_FIELDS)}
          </fieldset>
          <fieldset>
            <legend className="limits-title">
              <Trans>Bandwidth</Trans>
            </legend>
            {inputs(BANDWIDTH_FIELDS)}
          </fieldset>
        </div>
        <LimitTrialNote cluster={cluster} target={target} changes={changes} />
        {save.error && !(problemOf(save.error).type === '/problems/changed-meanwhile' && theirs.length > 0) && (
          <ProblemAlert error={save.error} onReadAgain={onReadAgain} />
        )}
        <Group justify="space-between" gap="sm">
          <span className="dimmed limits-count" aria-live="polite">
            {Object.values(errors).some(Boolean) ? t`Nothing is saved: correct what is marked` : summary}
          </span>
          <Group gap="sm">
            <Button variant="default" onClick={onDone} disabled={save.isPending}>
              <Trans>Cancel</Trans>
            </Button>
            <ActionButton type="submit" busy={save.isPending} disabled={theirs.length > 0}>
              <Trans>Save</Trans>
            </ActionButton>
          </Group>
        </Group>
      </form>
    </>
  )
}

const changeText = ({ field, from, to }: Difference): string =>
  `${t(field.label)}: ${limitText(from, field.unit)} → ${limitText(to, field.unit)}`

type Meanwhile = { theirs: Difference[]; mine: Difference[]; onKeep: () => void; onTake: () => void }

function ChangedMeanwhile({ theirs, mine, onKeep, onTake }: Meanwhile) {
  const { t } = useLingui()
  return (
    <Alert
      color="yellow"
      role="alert"
      title={t`Somebody else changed these limits in the meantime`}
      className="problem"
    >
      <ul className="plain-list">
        {theirs.map((difference) => {
          const own = mine.find(({ field }) => field.name === difference.field.name)
          const change = changeText(difference)
          const limit = own && limitText(own.to, own.field.unit)
          return <li key={difference.field.name}>{limit ? t`${change} (yours: ${limit})` : change}</li>
        })}
      </ul>
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={onKeep}>
          <Trans>Keep my changes on top of theirs</Trans>
        </Button>
        <Button size="xs" variant="default" onClick={onTake}>
          <Trans>Drop my changes</Trans>
        </Button>
      </Group>
    </Alert>
  )
}

const errorOf = (field: Field, entry: Entry, changes: Difference[]): string | null => {
  const limit = limitOf(entry)
  if (limit === null) return t`Enter a whole number in digits, or choose unlimited`
  // A value that the gateway gave, with its decimals, may stay as long as nobody touches it.
  return changes.some((change) => change.field.name === field.name) ? refusedBecause(field, limit) : null
}

/** What the server says about a field belongs at the field. */
const errorsFrom = (error: Error): Errors => {
  const { errors = [] } = problemOf(error)
  return Object.fromEntries(
    errors.flatMap(({ pointer, detail }) => {
      const field = FIELDS.find(({ name, group }) => pointer === `/body/${group}/${name}`)
      return field ? [[field.name, <ServerSentence key={pointer} text={detail} />] as const] : []
    }),
  )
}
