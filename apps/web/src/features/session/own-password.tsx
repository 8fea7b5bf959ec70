import { useLingui } from '@lingui/react/macro'
import { PasswordInput } from '@mantine/core'
import type { Ref } from 'react'

type Props = {
  value: string
  onChange: (password: string) => void
  description?: string
  ref?: Ref<HTMLInputElement>
}

/** The password of whoever is signed in, which proves that it is them. */
export function OwnPassword({ value, onChange, ...field }: Props) {
  const { t } = useLingui()
  return (
    <PasswordInput
      {...field}
      label={t`Your password`}
      autoComplete="current-password"
      data-autofocus
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
