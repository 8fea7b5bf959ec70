import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, FileButton, NativeSelect, Text, Textarea } from '@mantine/core'
import type { BulkAction, BulkChoice } from '@ostor-console/shared/bulk'
import { useRef, useState } from 'react'
import { DraftDialog } from '../../ui/draft-dialog.tsx'
import { usePlan } from './bulk.queries.ts'
import { ACTIONS } from './bulk-words.ts'
import { changeFrom, type Draft } from './value-draft.ts'
import { ValueInputs } from './value-inputs.tsx'
import './bulk.css'

type Props = {
  cluster: string
  /** Who is meant; without it they are named by a list of e-mails. */
  chosen?: { choice: BulkChoice; words: string }
  onClose: () => void
  onPlanned: (runId: string) => void
}

const LARGEST = 8_000_000
const BY_EMAIL = [...ACTIONS, { value: 'create' as const, label: msg`Create users with these e-mails` }]

/** Asks what is to become of whom, and makes a plan of it. */
export default function PlanDialog({ cluster, chosen, onClose, onPlanned }: Props) {
  const { t } = useLingui()
  const plan = usePlan(cluster)
  const actions = chosen ? ACTIONS : BY_EMAIL
  const [action, setAction] = useState<BulkAction>('disable')
  const [draft, setDraft] = useState<Draft>({})
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const forget = useRef<() => void>(null)
  const holdsDraft = text.trim() !== '' && !plan.isPending && !plan.isSuccess

  const submit = () => {
    const wanted = changeFrom(action, draft)
    if ('error' in wanted) return setError(wanted.error)
    if (!chosen && text.trim() === '') return setError(t`Name at least one e-mail`)
    const choice = chosen?.choice ?? { by: 'emails' as const, text }
    plan.mutate({ change: wanted.change, choice }, { onSuccess: ({ id }) => onPlanned(id) })
  }

  const read = async (file: File | null) => {
    if (!file) return
    // So that the same file, mended, can be chosen again.
    forget.current?.()
    if (file.size > LARGEST) return setError(t`The file is larger than 8 MB`)
    try {
      const contents = await file.text()
      setText((typed) => (typed.trim() === '' ? contents : `${typed.trimEnd()}\n${contents}`))
      setError(null)
    } catch {
      setError(t`The file could not be read`)
    }
  }

  return (
    <DraftDialog
      title={t`Plan a change of many users`}
      size="lg"
      label={t`Make the plan`}
      pending={plan.isPending}
      error={plan.error}
      holdsDraft={holdsDraft}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {chosen && <Chosen words={chosen.words} />}
        <Trans>
          First a plan shows what would change for whom. Nothing is sent to the gateway before you start it.
        </Trans>
      </Text>
      <NativeSelect
        label={t`What is to be done`}
        data={actions.map(({ value, label }) => ({ value, label: t(label) }))}
        value={action}
        onChange={(event) => {
          setAction(actions.find(({ value }) => value === event.currentTarget.value)?.value ?? 'disable')
          setError(null)
        }}
      />
      <ValueInputs
        action={action}
        draft={draft}
        onEdit={(name, entry) => {
          setDraft((all) => ({ ...all, [name]: entry }))
          setError(null)
        }}
      />
      {!chosen && (
        <>
          <Textarea
            label={t`E-mails`}
            description={t`One on each line, or CSV whose first column holds them. A header is left out.`}
            autosize
            minRows={5}
            maxRows={12}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value)
              setError(null)
            }}
          />
          <FileButton accept=".csv,.txt,text/csv,text/plain" resetRef={forget} onChange={(file) => void read(file)}>
            {(props) => (
              <Button {...props} size="xs" variant="default" className="bulk-file">
                <Trans>Read a file</Trans>
              </Button>
            )}
          </FileButton>
        </>
      )}
      {error && (
        <Text size="sm" c="var(--bad)" role="alert">
          {error}
        </Text>
      )}
    </DraftDialog>
  )
}

const Chosen = ({ words }: { words: string }) => (
  <strong>
    <Trans>{words}.</Trans>{' '}
  </strong>
)
