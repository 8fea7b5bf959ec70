import { Trans, useLingui } from '@lingui/react/macro'
import { PasswordInput, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Brand } from '../../ui/brand.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useTitle } from '../../ui/title.ts'
import { PASSWORD_HINT, wrongWithPassword } from './new-password.ts'
import { useJoin } from './session.queries.ts'

/** Where somebody who was invited, or whose password was reset, chooses one. */
export default function JoinPage({ version, onJoined }: { version: string; onJoined: () => void }) {
  const { t } = useLingui()
  useTitle(t`Choose a password`)
  const join = useJoin()
  const [code] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('code') ?? '')
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const [error, setError] = useState<{ password?: string; repeated?: string }>({})

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrong = wrongWithPassword(password, repeated)
    setError(wrong)
    if (Object.keys(wrong).length === 0) join.mutate({ code, password }, { onSuccess: onJoined })
  }

  return (
    <main className="entry">
      <div className="entry-box">
        <form className="entry-panel" onSubmit={submit} noValidate>
          <Stack gap="md">
            <Brand />
            <div>
              <Title order={1}>
                <Trans>Choose a password</Trans>
              </Title>
              <Text size="sm" c="dimmed">
                <Trans>Somebody who runs this console made you a link. It works once.</Trans>
              </Text>
            </div>
            {code === '' && (
              <Text size="sm" role="alert">
                <Trans>The address has no code in it. Open the whole link, or ask for another one.</Trans>
              </Text>
            )}
            {join.error && <ProblemAlert error={join.error} />}
            <PasswordInput
              label={t`Password`}
              description={t(PASSWORD_HINT)}
              autoComplete="new-password"
              value={password}
              error={error.password}
              onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            />
            <PasswordInput
              label={t`Password again`}
              autoComplete="new-password"
              value={repeated}
              error={error.repeated}
              onChange={({ currentTarget }) => setRepeated(currentTarget.value)}
            />
            <ActionButton type="submit" fullWidth busy={join.isPending} disabled={code === ''}>
              <Trans>Save and sign in</Trans>
            </ActionButton>
          </Stack>
        </form>
      </div>
      <footer className="entry-foot" translate="no">
        Ostor Console {version}
      </footer>
    </main>
  )
}
