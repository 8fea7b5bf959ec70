import { Trans } from '@lingui/react/macro'
import { Button, Group, Stack } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { CodeChoice, type Method } from './code-field.tsx'
import { OwnPassword } from './own-password.tsx'
import { useProve } from './session.queries.ts'

type Props = { email: string; hasApp: boolean; onEnd: (proved: boolean) => void }

/** The password once more, and a code where there is an app. */
export function PasswordProof({ email, hasApp, onEnd }: Props) {
  const prove = useProve()
  const [password, setPassword] = useState('')
  const [second, setSecond] = useState<{ method: Method; code: string }>({ method: 'app', code: '' })
  const first = useRef<HTMLInputElement>(null)
  const complete = password !== '' && (!hasApp || second.code.trim() !== '')

  useEffect(() => first.current?.focus(), [])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!complete) return
    prove.mutate({ password, ...(hasApp && { second }) }, { onSuccess: () => onEnd(true) })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {prove.error && <ProblemAlert error={prove.error} />}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <OwnPassword ref={first} description={email} value={password} onChange={setPassword} />
        {hasApp && <CodeChoice {...second} onChange={setSecond} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onEnd(false)}>
            <Trans>Cancel</Trans>
          </Button>
          <ActionButton type="submit" busy={prove.isPending} disabled={!complete}>
            <Trans>Confirm</Trans>
          </ActionButton>
        </Group>
      </Stack>
    </form>
  )
}
