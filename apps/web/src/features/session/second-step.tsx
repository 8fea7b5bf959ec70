import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { ProblemError } from '@ostor-console/shared/problem'
import { type FormEvent, useState } from 'react'
import { Brand } from '../../ui/brand.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { CodeField, METHOD_LINKS, type Method, MISSING, otherMethod } from './code-field.tsx'
import { useBeginAgain, useSecondStep } from './session.queries.ts'

/** After the password: a code of the app, or a recovery code where the phone is lost. */
export function SecondStep() {
  const step = useSecondStep()
  const beginAgain = useBeginAgain()
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
    <form className="entry-panel" onSubmit={submit} noValidate>
      <Stack gap="md">
        <Brand />
        <div>
          <Title order={1}>Two-step sign-in</Title>
          <Text size="sm" c="dimmed">
            The password was right. Now show that you also have the app or a recovery code.
          </Text>
        </div>
        {step.error && <ProblemAlert error={step.error} />}
        {beginAgain.error && <ProblemAlert error={beginAgain.error} />}
        <CodeField
          key={method}
          method={method}
          value={code}
          onChange={setCode}
          focused
          error={missing && code.trim() === '' && MISSING[method]}
        />
        {isOver ? (
          <Button fullWidth onClick={() => beginAgain.mutate()}>
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
            <Button variant="subtle" size="compact-sm" onClick={() => beginAgain.mutate()}>
              Begin again
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
