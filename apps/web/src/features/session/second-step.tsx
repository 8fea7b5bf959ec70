import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { ProblemError } from '@ostor-console/shared/problem'
import type { Session } from '@ostor-console/shared/session'
import { type FormEvent, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
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
          <Title order={1}>
            <Trans>Two-step sign-in</Trans>
          </Title>
          <Text size="sm" c="dimmed">
            {hasApp ? (
              <Trans>The password was right. Now show that you also have the app or a recovery code.</Trans>
            ) : (
              <Trans>The password was right. Now use a passkey.</Trans>
            )}
          </Text>
        </div>
        {beginAgain.error && <ProblemAlert error={beginAgain.error} />}
        {hasApp && <CodeStep onBeginAgain={beginAgain.mutate} />}
        {steps.includes('passkey') && <PasskeyStep reason={whyNoPasskeys(isPlace)} alone={!hasApp} />}
        {!hasApp && (
          <Button variant="subtle" size="compact-sm" className="quiet-link" onClick={() => beginAgain.mutate()}>
            <Trans>Begin again</Trans>
          </Button>
        )}
      </Stack>
    </div>
  )
}

function PasskeyStep({ reason, alone }: { reason: string | null; alone: boolean }) {
  const { t } = useLingui()
  const signIn = usePasskeySignIn()
  if (reason !== null && !alone) return null
  if (reason !== null)
    return (
      <Alert color="yellow" role="alert" title={t`Your passkeys cannot be used here`}>
        {reason}
      </Alert>
    )
  return (
    <>
      {!alone && (
        <div className="entry-or">
          <Trans>or</Trans>
        </div>
      )}
      {signIn.error && <ProblemAlert error={signIn.error} />}
      <PasskeyButton variant={alone ? 'filled' : 'default'} busy={signIn.isPending} onClick={() => signIn.mutate()}>
        <Trans>Use a passkey</Trans>
      </PasskeyButton>
    </>
  )
}

function CodeStep({ onBeginAgain }: { onBeginAgain: () => void }) {
  const { t } = useLingui()
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
          error={missing && code.trim() === '' && t(MISSING[method])}
        />
        {isOver ? (
          <Button fullWidth onClick={onBeginAgain}>
            <Trans>Begin again</Trans>
          </Button>
        ) : (
          <ActionButton type="submit" fullWidth busy={step.isPending}>
            <Trans>Sign in</Trans>
          </ActionButton>
        )}
        <Group justify="space-between" gap="sm">
          <Button variant="subtle" size="compact-sm" onClick={change}>
            {t(METHOD_LINKS[otherMethod(method)])}
          </Button>
          {!isOver && (
            <Button variant="subtle" size="compact-sm" onClick={onBeginAgain}>
              <Trans>Begin again</Trans>
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
