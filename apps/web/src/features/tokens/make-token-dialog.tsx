import { Button, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core'
import type { TokenVerb } from '@ostor-console/shared/roles'
import { type FormEvent, useState } from 'react'
import { formatDay } from '../../format/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert, problemOf } from '../../ui/problem-alert.tsx'
import { addressesIn, endAfter } from './token-words.ts'
import type { useMakeToken } from './tokens.queries.ts'
import { VerbChoice } from './verb-choice.tsx'
import './tokens.css'

const PRESETS = ['30', '90', '365'] as const
const OTHER = 'other'
const ENDS = [...PRESETS.map((days) => ({ value: days, label: `In ${days} days` })), { value: OTHER, label: 'Other…' }]
/** Whose refusal is said at the field itself. */
const FIELDS = ['name', 'days', 'addresses'] as const

type Props = { make: ReturnType<typeof useMakeToken>; onClose: () => void }

/** Asks what the script is to do, and until when; stays open with all that was typed when it does not work. */
export function MakeTokenDialog({ make, onClose }: Props) {
  const [openedAt] = useState(() => Date.now())
  const [name, setName] = useState('')
  const [end, setEnd] = useState<string>('90')
  const [other, setOther] = useState<number | string>('')
  const [addresses, setAddresses] = useState('')
  const [verbs, setVerbs] = useState<ReadonlySet<TokenVerb>>(new Set())
  const days = end === OTHER ? Number(other) : Number(end)
  const isComplete = name.trim() !== '' && verbs.size > 0 && days > 0

  const refused = make.error ? (problemOf(make.error).errors ?? []) : []
  const wrong = Object.fromEntries(
    FIELDS.map((field) => [field, refused.find(({ pointer }) => pointer.split('/')[2] === field)?.detail]),
  )
  const isSaid = FIELDS.some((field) => wrong[field] !== undefined)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isComplete) make.mutate({ name: name.trim(), days, addresses: addressesIn(addresses), verbs: [...verbs] })
  }

  return (
    <Dialog title="Make an API token" size="lg" onClose={make.isPending ? undefined : onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label="Name"
            description="The audit names it with whatever the script changes."
            placeholder="nightly report"
            autoComplete="off"
            data-autofocus
            value={name}
            error={wrong['name']}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <div className="token-fields">
            <NativeSelect
              label="Expires"
              data={ENDS}
              value={end}
              description={days > 0 ? `On ${formatDay(endAfter(Math.min(days, 365), openedAt))}` : 'Within a year'}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              onChange={({ currentTarget }) => setEnd(currentTarget.value)}
            />
            {end === OTHER && (
              <NumberInput
                label="Days"
                description="1 to 365"
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
              label="Only from"
              description="Addresses or networks, with commas; empty: from anywhere"
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
          {make.error && !isSaid && <ProblemAlert error={make.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} disabled={make.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={make.isPending} disabled={!isComplete}>
              Make the token
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
