import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { AdminEmail } from '@ostor-console/shared/session'
import { type FormEvent, type ReactNode, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Brand } from '../../ui/brand.tsx'
import { ProblemAlert, problemOf, titleOf } from '../../ui/problem-alert.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { useTitle } from '../../ui/title.ts'
import { PASSWORD_HINT, wrongWithPassword } from './new-password.ts'
import { useSetUp } from './session.queries.ts'

const FIELDS = ['code', 'email', 'password', 'repeated'] as const
type Values = Record<(typeof FIELDS)[number], string>
type Errors = { [Name in (typeof FIELDS)[number]]?: ReactNode }

export default function SetupPage({ version }: { version: string }) {
  const { t } = useLingui()
  useTitle(t`Set up`)
  const setUp = useSetUp()
  const [values, setValues] = useState<Values>({ code: codeInAddress(), email: '', password: '', repeated: '' })
  const [errors, setErrors] = useState<Errors>({})

  const field = (name: keyof Values) => ({
    name,
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((all) => ({ ...all, [name]: value }))
      setErrors((all) => ({ ...all, [name]: undefined }))
    },
  })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = check(values)
    setErrors(found)
    if (Object.keys(found).length > 0) return
    const { code, email, password } = values
    setUp.mutate(
      { code: code.trim(), email: email.trim(), password },
      {
        onSuccess: () => window.history.replaceState(null, '', '/'),
        onError: (error) => setErrors(fromServer(error)),
      },
    )
  }

  return (
    <main className="entry">
      <div className="entry-box">
        <form className="entry-panel" onSubmit={submit} noValidate>
          <Stack gap="md">
            <Brand />
            <div>
              <Title order={1}>
                <Trans>Make the first admin</Trans>
              </Title>
              <Text size="sm" c="dimmed">
                <Trans>
                  The console printed a set-up code when it started. It shows that you are the one who runs it.
                </Trans>
              </Text>
            </div>
            {setUp.error && !Object.values(errors).some(Boolean) && <ProblemAlert error={setUp.error} />}
            <TextInput label={t`Set-up code`} autoComplete="one-time-code" {...field('code')} />
            <TextInput label={t`Your e-mail`} type="email" autoComplete="username" {...field('email')} />
            <PasswordInput
              label={t`Password`}
              description={t(PASSWORD_HINT)}
              autoComplete="new-password"
              {...field('password')}
            />
            <PasswordInput label={t`Password again`} autoComplete="new-password" {...field('repeated')} />
            <ActionButton type="submit" fullWidth busy={setUp.isPending}>
              <Trans>Make the admin and sign in</Trans>
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

/** The start line prints an address with the code after `#`, which a browser sends to nobody. */
const codeInAddress = (): string => {
  const fragment = window.location.hash.slice(1)
  return new URLSearchParams(fragment).get('code') ?? (fragment.includes('=') ? '' : decodeURIComponent(fragment))
}

const check = ({ code, email, password, repeated }: Values): Errors => {
  const errors: Errors = wrongWithPassword(password, repeated)
  const emailIssue = AdminEmail.safeParse(email.trim()).error?.issues[0]
  if (code.trim() === '') errors.code = t`Enter the code that the console printed`
  if (emailIssue) errors.email = t`Enter an e-mail address such as name@example.com`
  return errors
}

const fromServer = (error: Error): Errors => {
  const problem = problemOf(error)
  const { type, errors = [] } = problem
  if (type === '/problems/setup-code-wrong') return { code: titleOf(problem) }
  const ours = errors.flatMap(({ pointer, detail }) => {
    const name = FIELDS.find((each) => pointer === `/body/${each}`)
    return name ? [[name, <ServerSentence key={name} text={detail} />] as const] : []
  })
  return Object.fromEntries(ours)
}
