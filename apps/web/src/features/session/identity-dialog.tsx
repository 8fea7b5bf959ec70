import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { setProver } from '../../api/call.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { sessionQuery, useProve } from './session.queries.ts'
import { SsoProof } from './sso-proof.tsx'
import './identity-dialog.css'

/** Asks for the password when something takes a proof, above whatever dialog asks for it. */
export function IdentityDialog({ email }: { email: string }) {
  const [answer, setAnswer] = useState<{ with: (proved: boolean) => void } | null>(null)

  useEffect(() => {
    setProver(() => new Promise((resolve) => setAnswer({ with: resolve })))
    return () => setProver(async () => false)
  }, [])

  if (answer === null) return null
  return (
    <IdentityForm
      email={email}
      onEnd={(proved) => {
        answer.with(proved)
        setAnswer(null)
      }}
    />
  )
}

function IdentityForm({ email, onEnd }: { email: string; onEnd: (proved: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [password, setPassword] = useState('')
  const prove = useProve()
  const { data: session } = useQuery(sessionQuery())
  const sso = session?.signedInBy === 'single-sign-on' ? session.sso : null

  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (password !== '') prove.mutate(password, { onSuccess: () => onEnd(true) })
  }

  return (
    <dialog ref={dialog} className="identity" aria-label="Confirm that it is you" onCancel={() => onEnd(false)}>
      <Stack gap="md">
        <div>
          <h2>Confirm that it is you</h2>
          <Text size="sm" c="dimmed">
            What you are about to do cannot be taken back, or gives somebody access. It is not asked again for ten
            minutes.
          </Text>
        </div>
        {sso ? (
          <SsoProof name={sso.name} onEnd={onEnd} />
        ) : (
          <form onSubmit={submit}>
            <Stack gap="md">
              {prove.error && <ProblemAlert error={prove.error} />}
              <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
              <PasswordInput
                label="Your password"
                description={email}
                autoComplete="current-password"
                data-autofocus
                autoFocus
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
              <Group justify="flex-end">
                <Button variant="default" onClick={() => onEnd(false)}>
                  Cancel
                </Button>
                <Button type="submit" loading={prove.isPending} disabled={password === ''}>
                  Confirm
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Stack>
    </dialog>
  )
}
