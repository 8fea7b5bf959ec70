import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Dialog } from './dialog.tsx'
import { ProblemAlert } from './problem-alert.tsx'

type Props = {
  title: string
  children: ReactNode
  confirmLabel: string
  danger?: boolean
  /** What has to be typed, exactly, before the button works. */
  typed?: { label: ReactNode; text: string }
  /** A sentence that has to be ticked before the button works. */
  accept?: string
  /** What is chosen above the buttons is not complete, or nothing new. */
  incomplete?: boolean
  pending: boolean
  error: unknown
  onConfirm: () => void
  onReadAgain?: (() => void) | undefined
  onClose: () => void
}

/** Asks before something is done; stays open with all that was typed when it does not work. */
export function ConfirmDialog(props: Props) {
  const {
    title,
    children,
    confirmLabel,
    danger = false,
    typed,
    accept,
    incomplete = false,
    pending,
    error,
    onClose,
  } = props
  const { t } = useLingui()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const [accepted, setAccepted] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (incomplete) return
    if (typed && text !== typed.text) setWrong(true)
    else if (!accept || accepted) props.onConfirm()
  }

  return (
    <Dialog title={title} onClose={pending ? undefined : onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <div className="dialog-text">{children}</div>
          {typed && (
            <TextInput
              label={typed.label}
              value={text}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
              error={wrong && text !== typed.text && t`This is not the same text. Compare it letter by letter.`}
              onChange={(event) => {
                setText(event.currentTarget.value)
                setWrong(false)
              }}
            />
          )}
          {accept && (
            <Checkbox
              label={accept}
              checked={accepted}
              onChange={(event) => setAccepted(event.currentTarget.checked)}
            />
          )}
          {error !== null && error !== undefined && (
            <ProblemAlert error={error} {...(props.onReadAgain && { onReadAgain: props.onReadAgain })} />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={pending}>
              <Trans>Cancel</Trans>
            </Button>
            <Button
              type="submit"
              color={danger ? 'red' : 'blue'}
              loading={pending}
              disabled={incomplete || (typed !== undefined && text === '') || (accept !== undefined && !accepted)}
            >
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
