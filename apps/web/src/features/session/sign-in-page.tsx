import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { ProblemError } from '@ostor-console/shared/problem'
import type { Session } from '@ostor-console/shared/session'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Brand } from '../../ui/brand.tsx'
import { ProblemAlert, titleOf } from '../../ui/problem-alert.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { useTitle } from '../../ui/title.ts'
import { usePasskeySignIn } from './passkey.queries.ts'
import { whyNoPasskeys } from './passkey-browser.ts'
import { PasskeyButton } from './passkey-button.tsx'
import { SecondStep } from './second-step.tsx'
import { useSignIn } from './session.queries.ts'
import { SingleSignOn, SsoFailed } from './single-sign-on.tsx'

type Props = { session: Session; again?: boolean }

/** The password and then the second step where one is set up, or a passkey in place of both. */
export default function SignInPage({ session, again = false }: Props) {
  const { state, secondSteps, passkeys, version } = session
  const { t } = useLingui()
  useTitle(t`Sign in`)
  return (
    <main className="entry">
      <div className="entry-box">
        {state === 'second-factor-required' ? (
          <SecondStep steps={secondSteps} isPlace={passkeys} />
        ) : (
          <FirstStep session={session} again={again} />
        )}
      </div>
      <footer className="entry-foot" translate="no">
        Ostor Console {version}
      </footer>
    </main>
  )
}

function FirstStep({ session: { demo, sso, passkeys }, again }: Required<Props>) {
  const { t } = useLingui()
  const signIn = useSignIn()
  const byPasskey = usePasskeySignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const [isEmergency, setIsEmergency] = useState(false)
  const isClosed = sso?.isOnlyWay === true && !isEmergency
  const first = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (!isClosed) first.current?.focus()
  }, [isClosed])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const complete = email.trim() !== '' && password !== ''
    setMissing(!complete)
    if (complete) signIn.mutate({ email: email.trim(), password })
  }

  return (
    <>
      <form className="entry-panel" onSubmit={submit} noValidate>
        <Stack gap="md">
          <Brand />
          <div>
            <Title order={1}>
              <Trans>Sign in</Trans>
            </Title>
            {again && (
              <Text size="sm" c="dimmed">
                <Trans>Your session has ended. Sign in to go on where you were; what you typed is still there.</Trans>
              </Text>
            )}
          </div>
          {signIn.error ? <SignInFailed error={signIn.error} /> : <SsoFailed name={sso?.name ?? t`single sign-on`} />}
          {sso && <SingleSignOn name={sso.name} again={again} isOnlyWay={isClosed} />}
          {isClosed ? (
            <Button variant="subtle" size="xs" onClick={() => setIsEmergency(true)}>
              <Trans>Emergency sign-in without {sso?.name}</Trans>
            </Button>
          ) : (
            <>
              <TextInput
                label={t`E-mail`}
                type="email"
                name="email"
                autoComplete="username"
                ref={first}
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
                error={missing && email.trim() === '' && t`Enter your e-mail`}
              />
              <PasswordInput
                label={t`Password`}
                name="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                error={missing && password === '' && t`Enter your password`}
              />
              <ActionButton type="submit" fullWidth variant={sso ? 'default' : 'filled'} busy={signIn.isPending}>
                <Trans>Sign in</Trans>
              </ActionButton>
              {whyNoPasskeys(passkeys) === null && (
                <>
                  <div className="entry-or">
                    <Trans>or</Trans>
                  </div>
                  {byPasskey.error && <ProblemAlert error={byPasskey.error} />}
                  <PasskeyButton variant="default" busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
                    <Trans>Sign in with a passkey</Trans>
                  </PasskeyButton>
                </>
              )}
            </>
          )}
        </Stack>
      </form>
      {demo && (
        <section className="demo-note" aria-label={t`Demo sign-in`}>
          <Trans>
            <strong>This is a demo.</strong> Every user, bucket and figure is invented.
          </Trans>
          <dl>
            <dt>
              <Trans>E-mail</Trans>
            </dt>
            <dd className="mono">{demo.email}</dd>
            <dt>
              <Trans>Password</Trans>
            </dt>
            <dd className="mono">{demo.password}</dd>
          </dl>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setEmail(demo.email)
              setPassword(demo.password)
            }}
          >
            <Trans>Fill in</Trans>
          </Button>
        </section>
      )}
    </>
  )
}

function SignInFailed({ error }: { error: Error }) {
  if (!(error instanceof ProblemError) || !error.is('sign-in-failed')) return <ProblemAlert error={error} />
  const { problem } = error
  return (
    <Alert color="red" role="alert" title={titleOf(problem)}>
      <Trans>Check both and try again.</Trans> {problem.detail && <ServerSentence text={problem.detail} />}
    </Alert>
  )
}
