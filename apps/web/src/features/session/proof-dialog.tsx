import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import type { SecondFactorCode } from '@ostor-console/shared/session'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import './account.css'
import { CodeChoice, type Method } from './code-field.tsx'

type Props = {
  title: string
  children: ReactNode
  confirmLabel: string
  danger?: boolean
  /** What the proof is for. */
  change: { isPending: boolean; error: Error | null; reset: () => void }
  onConfirm: (proof: SecondFactorCode & { password: string }) => void
  onClose: () => void
}

/** Asks for both factors before one of them changes. */
export function ProofDialog({ title, children, confirmLabel, danger = false, change, onConfirm, onClose }: Props) {
  const { t } = useLingui()
  const [password, setPassword] = useState('')
  const [second, setSecond] = useState<{ method: Method; code: string }>({ method: 'app', code: '' })
  const complete = password !== '' && second.code.trim() !== ''

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (complete) onConfirm({ password, ...second })
  }

  const cancel = () => {
    // It holds the password that was typed.
    change.reset()
    onClose()
  }

  return (
    <Dialog title={title} onClose={change.isPending ? undefined : cancel}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <div className="dialog-text">{children}</div>
          <PasswordInput
            label={t`Your password`}
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <CodeChoice {...second} onChange={setSecond} />
          {change.error && <ProblemAlert error={change.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={cancel} disabled={change.isPending}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" color={danger ? 'red' : 'blue'} loading={change.isPending} disabled={!complete}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
