import { Trans } from '@lingui/react/macro'
import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { ActionButton } from './action-button.tsx'
import { Dialog } from './dialog.tsx'
import { ProblemAlert } from './problem-alert.tsx'

export type Props = {
  title: string
  size?: 'md' | 'lg'
  children: ReactNode
  /** What is said on the button that does it, and on the one that does not. */
  label: string
  cancelLabel?: string
  danger?: boolean
  /** Much was typed that would be lost: only the buttons inside close it. */
  holdsDraft?: boolean
  /** What is filled in is not enough yet. */
  incomplete?: boolean
  pending: boolean
  error: unknown
  onSubmit: () => void
  onReadAgain?: (() => void) | undefined
  onClose: () => void
}

/** Asks for what something takes before it is done; stays open with all that was typed when it does not work. */
export function FormDialog(props: Props) {
  const { title, size = 'md', children, label, cancelLabel, danger = false, holdsDraft = false } = props
  const { incomplete = false, pending, error } = props
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!incomplete && !pending) props.onSubmit()
  }
  return (
    <Dialog title={title} size={size} onClose={pending || holdsDraft ? undefined : props.onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {children}
          {error !== null && error !== undefined && (
            <ProblemAlert error={error} {...(props.onReadAgain && { onReadAgain: props.onReadAgain })} />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={props.onClose} disabled={pending}>
              {cancelLabel ?? <Trans>Cancel</Trans>}
            </Button>
            <ActionButton type="submit" color={danger ? 'red' : 'blue'} busy={pending} disabled={incomplete}>
              {label}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
