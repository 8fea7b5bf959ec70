import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { ProblemError } from '@ostor-console/shared/problem'
import type { Session } from '@ostor-console/shared/session'
import { type FormEvent, useState } from 'react'
import { Brand } from '../../ui/brand.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { CodeField, METHOD_LINKS, type Method, MISSING, otherMethod } from './code-field.tsx'
import { usePasskeySignIn } from './passkey.queries.ts'
import { whyNoPasskeys } from './passkey-browser.ts'
import { PasskeyButton } from './passkey-button.tsx'
import { useBeginAgain, useSecondStep } from './session.queries.ts'

type Props = { steps: Session['secondSteps']; isPlace: Session['passkeys'] }

/** After the password: a code of the app, a recovery code where the phone is lost, or a passkey. */
export function SecondStep({ steps, isPlace }: Props) {
  const beginAgain = useBeginAgain()
  const hasApp = steps.includes('app')
  return (
    <div className="entry-panel">
      <Stack gap="md">
        <Brand />
        <div>
          <Title order={1}>Two-step sign-in</Title>
          <Text size="sm" c="dimmed">
            The password was right. Now{' '}
            {hasApp ? 'show that you also have the app or a recovery code' : 'use a passkey'}.
          </Text>
        </div>
        {beginAgain.error && <ProblemAlert error={beginAgain.error} />}
        {hasApp && <CodeStep onBeginAgain={beginAgain.mutate} />}
        {steps.includes('passkey') && <PasskeyStep reason={whyNoPasskeys(isPlace)} alone={!hasApp} />}
        {!hasApp && (
          <Button variant="subtle" size="compact-sm" className="quiet-link" onClick={() => beginAgain.mutate()}>
            Begin again
          </Button>
        )}
      </Stack>
    </div>
  )
}

function PasskeyStep({ reason, alone }: { reason: string | null; alone: boolean }) {
  const signIn = usePasskeySignIn()
  if (reason !== null && !alone) return null
  if (reason !== null)
    return (
      <Alert color="yellow" role="alert" title="Your passkeys cannot be used here">
        {reason}
      </Alert>
    )
  return (
    <>
      {!alone && <div className="entry-or">or</div>}
      {signIn.error && <ProblemAlert error={signIn.error} />}
      <PasskeyButton variant={alone ? 'filled' : 'default'} loading={signIn.isPending} onClick={() => signIn.mutate()}>
        Use a passkey
      </PasskeyButton>
    </>
  )
}

function CodeStep({ onBeginAgain }: { onBeginAgain: () => void }) {
  const step = useSecondStep()
  const [method, setMethod] = useState<Method>('app')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const isOver = step.error instanceof ProblemError && step.error.is('sign-in-expired')

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(code.trim() === '')
    if (code.trim() !== '') step.mutate({ method, code })
  }
  const change = () => {
    setMethod(otherMethod(method))
    setCode('')
    setMissing(false)
    step.reset()
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {step.error && <ProblemAlert error={step.error} />}
        <CodeField
          key={method}
          method={method}
          value={code}
          onChange={setCode}
          focused
          error={missing && code.trim() === '' && MISSING[method]}
        />
        {isOver ? (
          <Button fullWidth onClick={onBeginAgain}>
            Begin again
          </Button>
        ) : (
          <Button type="submit" fullWidth loading={step.isPending}>
            Sign in
          </Button>
        )}
        <Group justify="space-between" gap="sm">
          <Button variant="subtle" size="compact-sm" onClick={change}>
            {METHOD_LINKS[otherMethod(method)]}
          </Button>
          {!isOver && (
            <Button variant="subtle" size="compact-sm" onClick={onBeginAgain}>
              Begin again
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
