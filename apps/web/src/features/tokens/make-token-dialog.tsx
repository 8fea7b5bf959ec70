import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import type { TokenVerb } from '@ostor-console/shared/roles'
import { useState } from 'react'
import { formatDay } from '../../format/dates.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { problemOf } from '../../ui/problem-alert.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { addressesIn, endAfter } from './token-words.ts'
import type { useMakeToken } from './tokens.queries.ts'
import { VerbChoice } from './verb-choice.tsx'
import './tokens.css'

const PRESETS = ['30', '90', '365'] as const
const OTHER = 'other'
/** Whose refusal is said at the field itself. */
const FIELDS = ['name', 'days', 'addresses'] as const

type Props = { make: ReturnType<typeof useMakeToken>; onClose: () => void }

/** Asks what the script is to do, and until when; stays open with all that was typed when it does not work. */
export function MakeTokenDialog({ make, onClose }: Props) {
  const { t } = useLingui()
  const [openedAt] = useState(() => Date.now())
  const [name, setName] = useState('')
  const [end, setEnd] = useState<string>('90')
  const [other, setOther] = useState<number | string>('')
  const [addresses, setAddresses] = useState('')
  const [verbs, setVerbs] = useState<ReadonlySet<TokenVerb>>(new Set())
  const days = end === OTHER ? Number(other) : Number(end)
  const lastDay = days > 0 ? formatDay(endAfter(Math.min(days, 365), openedAt)) : null
  const isComplete = name.trim() !== '' && verbs.size > 0 && days > 0

  const refused = make.error ? (problemOf(make.error).errors ?? []) : []
  const wrong = Object.fromEntries(
    FIELDS.map((field) => {
      const detail = refused.find(({ pointer }) => pointer.split('/')[2] === field)?.detail
      const said = detail && <ServerSentence text={detail} />
      return [field, said]
    }),
  )
  const isSaid = FIELDS.some((field) => wrong[field] !== undefined)

  const submit = () => {
    make.mutate({ name: name.trim(), days, addresses: addressesIn(addresses), verbs: [...verbs] })
  }

  return (
    <FormDialog
      title={t`Make an API token`}
      size="lg"
      label={t`Make the token`}
      incomplete={!isComplete}
      pending={make.isPending}
      error={!isSaid ? make.error : null}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t`Name`}
        description={t`The audit names it with whatever the script changes.`}
        placeholder={t`nightly report`}
        autoComplete="off"
        data-autofocus
        value={name}
        error={wrong['name']}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <div className="token-fields">
        <NativeSelect
          label={t`Expires`}
          data={[
            ...PRESETS.map((preset) => ({
              value: preset,
              label: plural(Number(preset), { one: 'In # day', other: 'In # days' }),
            })),
            { value: OTHER, label: t`Other…` },
          ]}
          value={end}
          description={lastDay === null ? t`Within a year` : t`On ${lastDay}`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={({ currentTarget }) => setEnd(currentTarget.value)}
        />
        {end === OTHER && (
          <NumberInput
            label={t`Days`}
            description={t`1 to 365`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            max={365}
            allowDecimal={false}
            value={other}
            error={wrong['days']}
            onChange={setOther}
          />
        )}
        <TextInput
          label={t`Only from`}
          description={t`Addresses or networks, with commas; empty: from anywhere`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="203.0.113.7, 2001:db8::/32"
          autoComplete="off"
          spellCheck={false}
          value={addresses}
          error={wrong['addresses']}
          onChange={({ currentTarget }) => setAddresses(currentTarget.value)}
        />
      </div>
      <VerbChoice chosen={verbs} onChange={setVerbs} />
    </FormDialog>
  )
}
