import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import type { Enrolment } from '@ostor-console/shared/account'
import { type FormEvent, useState } from 'react'
import { CopyText } from '../../ui/copy-text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useBeginEnrolment, type useConfirmEnrolment } from './account.queries.ts'
import { CodeField, MISSING } from './code-field.tsx'
import './account.css'

type Props = { confirm: ReturnType<typeof useConfirmEnrolment>; onClose: () => void }

/** The password, then the picture for the app and its first code; nothing counts before that code. */
export function EnrolDialog({ confirm, onClose }: Props) {
  const begin = useBeginEnrolment()
  const [password, setPassword] = useState('')

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (password !== '') begin.mutate(password)
  }

  if (begin.data) return <ScanDialog enrolment={begin.data} confirm={confirm} onClose={onClose} />
  return (
    <Dialog title="Turn on two-step sign-in" onClose={begin.isPending ? undefined : onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">
            You need an authenticator app on your phone: Google Authenticator, Microsoft Authenticator, 1Password, Aegis
            or another one. First show that it is you.
          </Text>
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {begin.error && <ProblemAlert error={begin.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={begin.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={begin.isPending} disabled={password === ''}>
              Next
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

function ScanDialog({ enrolment, confirm, onClose }: Props & { enrolment: Enrolment }) {
  const { seed, picture } = enrolment
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(code.trim() === '')
    if (code.trim() !== '') confirm.mutate(code, { onSuccess: onClose })
  }

  return (
    <Dialog title="Scan the picture" size="lg" onClose={confirm.isPending ? undefined : onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <div className="scan">
            <img
              src={`data:image/svg+xml,${encodeURIComponent(picture)}`}
              alt="QR code for the authenticator app"
              className="one-time"
            />
            <Stack gap="md">
              <span>
                In the app, add an account and scan the picture. If you cannot scan, type this text into the app:
              </span>
              <span className="seed one-time">
                <CopyText text={seed} label="text for the app" />
              </span>
              <CodeField
                method="app"
                value={code}
                onChange={setCode}
                error={missing && code.trim() === '' && MISSING.app}
              />
            </Stack>
          </div>
          <Text size="sm" c="dimmed">
            Picture and text are shown now and never again. Your sessions on other devices end.
          </Text>
          {confirm.error && <ProblemAlert error={confirm.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={confirm.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={confirm.isPending}>
              Turn on
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
