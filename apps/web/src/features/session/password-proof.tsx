import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { CodeField, METHOD_LINKS, type Method, otherMethod } from './code-field.tsx'
import { useProve } from './session.queries.ts'

type Props = { email: string; hasApp: boolean; onEnd: (proved: boolean) => void }

/** The password once more, and a code where there is an app. */
export function PasswordProof({ email, hasApp, onEnd }: Props) {
  const prove = useProve()
  const [password, setPassword] = useState('')
  const [method, setMethod] = useState<Method>('app')
  const [code, setCode] = useState('')
  const first = useRef<HTMLInputElement>(null)
  const complete = password !== '' && (!hasApp || code.trim() !== '')

  useEffect(() => first.current?.focus(), [])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!complete) return
    prove.mutate({ password, ...(hasApp && { second: { method, code } }) }, { onSuccess: () => onEnd(true) })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {prove.error && <ProblemAlert error={prove.error} />}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label="Your password"
          description={email}
          autoComplete="current-password"
          data-autofocus
          ref={first}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {hasApp && (
          <>
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
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onEnd(false)}>
            Cancel
          </Button>
          <Button type="submit" loading={prove.isPending} disabled={!complete}>
            Confirm
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
