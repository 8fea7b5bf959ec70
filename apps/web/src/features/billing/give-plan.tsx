import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import type { Plan, PlanGiven, PlanHolder } from '@ostor-console/shared/plans'
import { type FormEvent, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useGivePlan } from './billing.queries.ts'

type Props = { plan: Plan; given: PlanGiven[]; onClose: () => void }

const KINDS = [
  { value: 'client', label: 'Client of WHMCS' },
  { value: 'user', label: 'S3 user' },
]
const MOST_SHOWN = 50

const holderOf = (kind: string, cluster: string, id: string): PlanHolder | null => {
  if (kind === 'user') return id === '' || cluster === '' ? null : { kind, cluster, userId: id }
  return /^\d{1,9}$/.test(id) ? { kind: 'client', clientId: Number(id) } : null
}

const nameOf = (to: PlanHolder): string => {
  if (to.kind === 'client') return `Client ${to.clientId}`
  return to.kind === 'user' ? `User ${to.userId} of ${to.cluster}` : 'Everybody'
}

/** Gives a plan to one client or user, and takes it away again. */
export function GivePlan({ plan, given, onClose }: Props) {
  const give = useGivePlan()
  const [kind, setKind] = useState('client')
  const [cluster, setCluster] = useState('default')
  const [id, setId] = useState('')
  const to = holderOf(kind, cluster.trim(), id.trim())
  const own = given.filter(({ planId }) => planId === plan.id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (to) give.mutate({ to, planId: plan.id }, { onSuccess: () => setId('') })
  }
  return (
    <Dialog title={`Who has ${plan.name}`} size="lg" onClose={give.isPending ? undefined : onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <NativeSelect
            label="Give it to a"
            data={KINDS}
            value={kind}
            onChange={({ currentTarget }) => setKind(currentTarget.value)}
          />
          {kind === 'user' && (
            <TextInput
              label="Cluster"
              value={cluster}
              onChange={({ currentTarget }) => setCluster(currentTarget.value)}
            />
          )}
          <TextInput
            label={kind === 'user' ? 'User id' : 'Number of the client'}
            maxLength={64}
            spellCheck={false}
            value={id}
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
          {give.error && <ProblemAlert error={give.error} />}
          {own.length > 0 && (
            <EntriesTable label="Who has it by name" columns={['Who', 'Actions']}>
              {own.slice(0, MOST_SHOWN).map(({ to: holder }) => (
                <tr key={nameOf(holder)}>
                  <td data-label="Who">{nameOf(holder)}</td>
                  <td aria-label="Actions">
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`Take it from ${nameOf(holder)}`}
                      onClick={() => give.mutate({ to: holder, planId: null })}
                    >
                      Take it away
                    </Button>
                  </td>
                </tr>
              ))}
            </EntriesTable>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} disabled={give.isPending}>
              Close
            </Button>
            <Button type="submit" loading={give.isPending} disabled={to === null}>
              Give it
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
