import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import type { SecondFactorCode } from '@ostor-console/shared/session'
import { type ReactNode, useEffect, useRef } from 'react'

export type Method = SecondFactorCode['method']

type Props = {
  method: Method
  value: string
  onChange: (value: string) => void
  error?: ReactNode
  /** Takes the focus when it appears. */
  focused?: boolean
}

const FIELDS = {
  app: {
    label: msg`Code`,
    description: msg`Six digits of your authenticator app`,
    inputMode: 'numeric',
    autoComplete: 'one-time-code',
    maxLength: 12,
  },
  'recovery-code': {
    label: msg`Recovery code`,
    description: msg`One that was not used yet`,
    inputMode: 'text',
    autoComplete: 'off',
    maxLength: 64,
  },
} as const

/** What is asked for beside the password. */
export function CodeField({ method, value, onChange, error, focused = false }: Props) {
  const { t } = useLingui()
  const { label, description, ...field } = FIELDS[method]
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (focused) input.current?.focus()
  }, [focused])

  return (
    <TextInput
      {...field}
      label={t(label)}
      description={t(description)}
      name={method}
      ref={input}
      value={value}
      error={error}
      spellCheck={false}
      autoCapitalize="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export const MISSING: Record<Method, MessageDescriptor> = {
  app: msg`Enter the code that the app shows`,
  'recovery-code': msg`Enter one of your recovery codes`,
}

export const otherMethod = (method: Method): Method => (method === 'app' ? 'recovery-code' : 'app')

export const METHOD_LINKS: Record<Method, MessageDescriptor> = {
  app: msg`Use a code of the app`,
  'recovery-code': msg`Use a recovery code`,
}

type ChoiceProps = { method: Method; code: string; onChange: (chosen: { method: Method; code: string }) => void }

/** A code of the app, or a recovery code where the phone is lost. */
export function CodeChoice({ method, code, onChange }: ChoiceProps) {
  const { t } = useLingui()
  return (
    <>
      <CodeField key={method} method={method} value={code} onChange={(text) => onChange({ method, code: text })} />
      <Button
        variant="subtle"
        size="compact-sm"
        className="quiet-link"
        onClick={() => onChange({ method: otherMethod(method), code: '' })}
      >
        {t(METHOD_LINKS[otherMethod(method)])}
      </Button>
    </>
  )
}
