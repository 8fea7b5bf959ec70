import { Trans, useLingui } from '@lingui/react/macro'
import { Stack, Text } from '@mantine/core'
import type { Enrolment } from '@ostor-console/shared/account'
import { useState } from 'react'
import { CopyText } from '../../ui/copy-text.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useBeginEnrolment, type useConfirmEnrolment } from './account.queries.ts'
import { CodeField, MISSING } from './code-field.tsx'
import { OwnPassword } from './own-password.tsx'
import './account.css'

type Props = { confirm: ReturnType<typeof useConfirmEnrolment>; onClose: () => void }

/** The password, then the picture for the app and its first code; nothing counts before that code. */
export function EnrolDialog({ confirm, onClose }: Props) {
  const { t } = useLingui()
  const begin = useBeginEnrolment()
  const [password, setPassword] = useState('')
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)

  const next = (begun: Enrolment) => {
    setEnrolment(begun)
    // Both hold the password that was typed.
    setPassword('')
    begin.reset()
  }

  if (enrolment) return <ScanDialog enrolment={enrolment} confirm={confirm} onClose={onClose} />
  return (
    <FormDialog
      title={t`Turn on two-step sign-in`}
      label={t`Next`}
      incomplete={password === ''}
      pending={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate(password, { onSuccess: next })}
      onClose={onClose}
    >
      <Text size="sm">
        <Trans>
          You need an authenticator app on your phone: Google Authenticator, Microsoft Authenticator, 1Password, Aegis
          or another one. First show that it is you.
        </Trans>
      </Text>
      <OwnPassword value={password} onChange={setPassword} />
    </FormDialog>
  )
}

function ScanDialog({ enrolment, confirm, onClose }: Props & { enrolment: Enrolment }) {
  const { seed, picture } = enrolment
  const { t } = useLingui()
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)

  const submit = () => {
    setMissing(code.trim() === '')
    if (code.trim() !== '') confirm.mutate(code, { onSuccess: onClose })
  }

  return (
    <FormDialog
      title={t`Scan the picture`}
      size="lg"
      label={t`Turn on`}
      pending={confirm.isPending}
      error={confirm.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="scan">
        <img
          src={`data:image/svg+xml,${encodeURIComponent(picture)}`}
          alt={t`QR code for the authenticator app`}
          className="one-time"
        />
        <Stack gap="md">
          <span>
            <Trans>
              In the app, add an account and scan the picture. If you cannot scan, type this text into the app:
            </Trans>
          </span>
          <span className="seed one-time">
            <CopyText text={seed} label={t`text for the app`} />
          </span>
          <CodeField
            method="app"
            value={code}
            onChange={setCode}
            error={missing && code.trim() === '' && t(MISSING.app)}
          />
        </Stack>
      </div>
      <Text size="sm" c="dimmed">
        <Trans>Picture and text are shown now and never again. Your sessions on other devices end.</Trans>
      </Text>
    </FormDialog>
  )
}
