import { useLingui } from '@lingui/react/macro'
import { Checkbox, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { FormDialog } from './form-dialog.tsx'

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

  const submit = () => {
    if (typed && text !== typed.text) setWrong(true)
    else props.onConfirm()
  }

  return (
    <FormDialog
      title={title}
      label={confirmLabel}
      danger={danger}
      incomplete={incomplete || (typed !== undefined && text === '') || (accept !== undefined && !accepted)}
      pending={pending}
      error={error}
      onSubmit={submit}
      onReadAgain={props.onReadAgain}
      onClose={onClose}
    >
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
        <Checkbox label={accept} checked={accepted} onChange={(event) => setAccepted(event.currentTarget.checked)} />
      )}
    </FormDialog>
  )
}
