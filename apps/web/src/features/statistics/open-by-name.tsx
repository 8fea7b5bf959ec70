import { Trans, useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

/** Goes to an object whose name is known. */
export function OpenByName({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [missing, setMissing] = useState(false)
  const name = text.trim()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(name === '')
    if (name !== '') void navigate({ to: '/c/$cluster/statistics/$name', params: { cluster, name } })
  }
  return (
    <form className="statistics-open" onSubmit={submit}>
      <TextInput
        label={t`Object name`}
        translate="no"
        placeholder="s3-usage-8000000000000065-2026-11-01T00:00:00.000Z-1800"
        maxLength={128}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={missing && t`Enter the name of an object`}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" variant="default">
        <Trans>Get</Trans>
      </Button>
    </form>
  )
}
