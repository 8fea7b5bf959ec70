import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { PasswordInput, Stack, Text } from '@mantine/core'
import { ProblemError } from '@ostor-console/shared/problem'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemAlert, titleOf } from '../../ui/problem-alert.tsx'
import { accountQuery, useChangePassword } from './account.queries.ts'
import { PASSWORD_HINT, wrongWithPassword } from './new-password.ts'
import './account.css'

const EMPTY = { password: '', newPassword: '', repeated: '' }
type Values = typeof EMPTY
type Errors = { [Name in keyof Values]?: string | undefined }

export function PasswordPanel() {
  const { t } = useLingui()
  const change = useChangePassword()
  const hasPassword = useQuery(accountQuery()).data?.hasPassword !== false
  const [values, setValues] = useState(EMPTY)
  const [errors, setErrors] = useState<Errors>({})
  const [wasChanged, setWasChanged] = useState(false)
  const wrong = change.error instanceof ProblemError && change.error.is('proof-failed')

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
    const found = check(values, hasPassword)
    setErrors(found)
    if (Object.values(found).some((issue) => issue !== undefined)) return
    setWasChanged(false)
    const { password, newPassword } = values
    change.mutate(
      { newPassword, ...(hasPassword && { password }) },
      {
        onSuccess: () => {
          setValues(EMPTY)
          setWasChanged(true)
          // It holds what was typed.
          change.reset()
        },
        onError: (error) =>
          setErrors(
            error instanceof ProblemError && error.is('proof-failed') ? { password: titleOf(error.problem) } : {},
          ),
      },
    )
  }

  return (
    <Panel
      title={t`Password`}
      note={
        hasPassword
          ? t`When it changes, your sessions on other devices end`
          : t`You have none: your passkeys sign you in`
      }
    >
      <form onSubmit={submit} noValidate className="account-form">
        <Stack gap="md">
          {hasPassword && (
            <PasswordInput label={t`Password now`} autoComplete="current-password" {...field('password')} />
          )}
          <PasswordInput
            label={t`New password`}
            description={t(PASSWORD_HINT)}
            autoComplete="new-password"
            {...field('newPassword')}
          />
          <PasswordInput label={t`New password again`} autoComplete="new-password" {...field('repeated')} />
          {change.error && !wrong && <ProblemAlert error={change.error} />}
          <div>
            <ActionButton type="submit" busy={change.isPending}>
              {hasPassword ? t`Change password` : t`Choose a password`}
            </ActionButton>
          </div>
          <output>{wasChanged && <Text size="sm">{t`The password was changed.`}</Text>}</output>
        </Stack>
      </form>
    </Panel>
  )
}

const check = ({ password, newPassword, repeated }: Values, hasPassword: boolean): Errors => {
  const { password: issue, ...found } = wrongWithPassword(newPassword, repeated)
  const errors: Errors = { ...found, newPassword: issue }
  if (hasPassword && password === '') errors.password = t`Enter the password that you have now`
  return errors
}
