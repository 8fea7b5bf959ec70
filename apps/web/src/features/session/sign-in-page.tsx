import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { type Problem, ProblemError } from '@ostor-console/shared/problem'
import type { Session } from '@ostor-console/shared/session'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Brand } from '../../ui/brand.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
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
  useTitle('Sign in')
  return (
    <main className="entry">
      <div className="entry-box">
        {state === 'second-factor-required' ? (
          <SecondStep steps={secondSteps} isPlace={passkeys} />
        ) : (
          <FirstStep session={session} again={again} />
        )}
      </div>
      <footer className="entry-foot">Ostor Console {version}</footer>
    </main>
  )
}

function FirstStep({ session: { demo, sso, passkeys }, again }: Required<Props>) {
  const signIn = useSignIn()
  const byPasskey = usePasskeySignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const first = useRef<HTMLInputElement>(null)

  useEffect(() => first.current?.focus(), [])

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
            <Title order={1}>Sign in</Title>
            {again && (
              <Text size="sm" c="dimmed">
                Your session has ended. Sign in to go on where you were; what you typed is still there.
              </Text>
            )}
          </div>
          {signIn.error ? <SignInFailed error={signIn.error} /> : <SsoFailed name={sso?.name ?? 'single sign-on'} />}
          {sso && <SingleSignOn name={sso.name} again={again} />}
          <TextInput
            label="E-mail"
            type="email"
            name="email"
            autoComplete="username"
            ref={first}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={missing && email.trim() === '' && 'Enter your e-mail'}
          />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={missing && password === '' && 'Enter your password'}
          />
          <Button type="submit" fullWidth variant={sso ? 'default' : 'filled'} loading={signIn.isPending}>
            Sign in
          </Button>
          {whyNoPasskeys(passkeys) === null && (
            <>
              <div className="entry-or">or</div>
              {byPasskey.error && <ProblemAlert error={byPasskey.error} />}
              <PasskeyButton variant="default" loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
                Sign in with a passkey
              </PasskeyButton>
            </>
          )}
        </Stack>
      </form>
      {demo && (
        <section className="demo-note" aria-label="Demo sign-in">
          <strong>This is a demo.</strong> Every user, bucket and figure is invented.
          <dl>
            <dt>E-mail</dt>
            <dd className="mono">{demo.email}</dd>
            <dt>Password</dt>
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
            Fill in
          </Button>
        </section>
      )}
    </>
  )
}

function SignInFailed({ error }: { error: Error }) {
  const problem: Problem | null = error instanceof ProblemError ? error.problem : null
  if (!(error instanceof ProblemError) || !error.is('sign-in-failed')) return <ProblemAlert error={error} />
  return (
    <Alert color="red" role="alert" title={problem?.title}>
      Check both and try again. {problem?.detail}
    </Alert>
  )
}
