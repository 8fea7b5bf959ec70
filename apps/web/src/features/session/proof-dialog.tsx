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
  pending: boolean
  error: unknown
  onConfirm: (proof: SecondFactorCode & { password: string }) => void
  onClose: () => void
}

/** Asks for both factors before one of them changes. */
export function ProofDialog({
  title,
  children,
  confirmLabel,
  danger = false,
  pending,
  error,
  onConfirm,
  onClose,
}: Props) {
  const { t } = useLingui()
  const [password, setPassword] = useState('')
  const [second, setSecond] = useState<{ method: Method; code: string }>({ method: 'app', code: '' })
  const complete = password !== '' && second.code.trim() !== ''

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (complete) onConfirm({ password, ...second })
  }

  return (
    <Dialog title={title} onClose={pending ? undefined : onClose}>
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
          {error !== null && <ProblemAlert error={error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={pending}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" color={danger ? 'red' : 'blue'} loading={pending} disabled={!complete}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
