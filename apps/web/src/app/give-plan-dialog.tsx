import { Button, Group, SegmentedControl, Stack } from '@mantine/core'
import type { Cluster } from '@ostor-console/shared/cluster'
import type { Plan, PlanGiven, PlanHolder } from '@ostor-console/shared/plans'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useGivePlan } from '../features/billing/billing.queries.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'
import { plural } from '../format/counts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { EntriesTable } from '../ui/entries-table.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { ClientFinder } from './client-finder.tsx'
import { type FoundUser, UserFinder } from './user-finder.tsx'

type Props = { cluster: string; plan: Plan; given: PlanGiven[]; onClose: () => void }

const KINDS = [
  { value: 'client', label: 'A client of WHMCS' },
  { value: 'user', label: 'An S3 user' },
]
const MOST_SHOWN = 50

/** Gives a plan to one client or user, and takes it away again. */
export function GivePlanDialog({ cluster, plan, given, onClose }: Props) {
  const give = useGivePlan()
  const [wanted, setKind] = useState('client')
  const whmcs = useQuery(whmcsQuery()).data
  const clusters = useQuery(sessionQuery()).data?.clusters ?? []
  const hasWhmcs = whmcs !== undefined && whmcs.mode !== 'off'
  const kind = hasWhmcs ? wanted : 'user'
  const [clientId, setClientId] = useState<number | null>(null)
  const [user, setUser] = useState<FoundUser | null>(null)
  const to = holderOf(kind, clientId, user)
  const own = given.filter(({ planId }) => planId === plan.id)
  const submit = () => {
    if (!to) return
    const onSuccess = () => (to.kind === 'client' ? setClientId(null) : setUser(null))
    give.mutate({ to, planId: plan.id }, { onSuccess })
  }
  return (
    <Dialog title={`Who has ${plan.name}`} size="lg" onClose={give.isPending ? undefined : onClose}>
      <Stack gap="md">
        {hasWhmcs && <SegmentedControl aria-label="Give it to" data={KINDS} value={kind} onChange={setKind} />}
        {kind === 'client' ? (
          <ClientFinder value={clientId} onChange={setClientId} />
        ) : (
          <UserFinder cluster={cluster} value={user} onChange={setUser} />
        )}
        {give.error && <ProblemAlert error={give.error} />}
        {own.length > 0 && (
          <EntriesTable label="Who has it by name" columns={['Has it by name', 'Actions']}>
            {own.slice(0, MOST_SHOWN).map(({ to: holder, name }) => (
              <tr key={wordsOf(holder, clusters)}>
                <td data-label="Has it by name">
                  {name === null ? wordsOf(holder, clusters) : <ForeignText text={name} cap={80} />}
                  {name !== null && <div className="entries-under">{wordsOf(holder, clusters)}</div>}
                </td>
                <td aria-label="Actions">
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Take it from ${name ?? wordsOf(holder, clusters)}`}
                    onClick={() => give.mutate({ to: holder, planId: null })}
                  >
                    Take it away
                  </Button>
                </td>
              </tr>
            ))}
          </EntriesTable>
        )}
        {own.length > MOST_SHOWN && <p className="dimmed">and {plural(own.length - MOST_SHOWN, 'other')}</p>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={give.isPending}>
            Close
          </Button>
          <Button loading={give.isPending} disabled={to === null} onClick={submit}>
            Give it
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

const holderOf = (kind: string, clientId: number | null, user: FoundUser | null): PlanHolder | null => {
  if (kind === 'client') return clientId === null ? null : { kind, clientId }
  return user && { kind: 'user', ...user }
}

const wordsOf = (to: PlanHolder, clusters: readonly Cluster[]): string => {
  if (to.kind === 'client') return `Client ${to.clientId}`
  if (to.kind === 'default') return 'Everybody'
  return `User ${to.userId} of ${clusters.find(({ id }) => id === to.cluster)?.name ?? to.cluster}`
}
