import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import type { SecondFactorCode } from '@ostor-console/shared/session'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import './account.css'
import { CodeField, METHOD_LINKS, type Method, otherMethod } from './code-field.tsx'

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
  const [password, setPassword] = useState('')
  const [method, setMethod] = useState<Method>('app')
  const [code, setCode] = useState('')
  const complete = password !== '' && code.trim() !== ''

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (complete) onConfirm({ password, method, code })
  }

  return (
    <Dialog title={title} onClose={pending ? undefined : onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <div className="dialog-text">{children}</div>
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <CodeField key={method} method={method} value={code} onChange={setCode} />
          <Button
            variant="subtle"
            size="compact-sm"
            className="quiet-link"
            onClick={() => {
              setMethod(otherMethod(method))
              setCode('')
            }}
          >
            {METHOD_LINKS[otherMethod(method)]}
          </Button>
          {error !== null && <ProblemAlert error={error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={pending}>
              Cancel
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
