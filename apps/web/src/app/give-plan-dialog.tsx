import { t } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack } from '@mantine/core'
import type { Cluster } from '@ostor-console/shared/cluster'
import type { Plan, PlanGiven, PlanHolder } from '@ostor-console/shared/plans'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useGivePlan } from '../features/billing/billing.queries.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'
import { Dialog } from '../ui/dialog.tsx'
import { EntriesTable } from '../ui/entries-table.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { ReasonButton } from '../ui/reason-button.tsx'
import { Segments } from '../ui/segments.tsx'
import { TakeAwayButton } from '../ui/take-away-button.tsx'
import { useKept } from '../ui/use-kept.ts'
import { ClientFinder } from './client-finder.tsx'
import { type FoundUser, UserFinder } from './user-finder.tsx'

type Props = { cluster: string; plan: Plan; given: PlanGiven[]; onClose: () => void }

const MOST_SHOWN = 50

/** Gives a plan to one client or user, and takes it away again. */
export function GivePlanDialog({ cluster, plan, given, onClose }: Props) {
  const { t } = useLingui()
  const kinds = [
    { value: 'client', label: t`A client of WHMCS` },
    { value: 'user', label: t`An S3 user` },
  ]
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
  const taking = give.isPending && give.variables.planId === null ? JSON.stringify(give.variables.to) : null
  const kept = useKept(own, ({ to: holder }) => JSON.stringify(holder), taking)
  const shown = new Set(own.slice(0, MOST_SHOWN))
  const rows = kept.filter(({ row, isGone }) => isGone || shown.has(row))
  const submit = () => {
    if (!to) return
    const onSuccess = () => (to.kind === 'client' ? setClientId(null) : setUser(null))
    give.mutate({ to, planId: plan.id }, { onSuccess })
  }
  return (
    <Dialog title={t`Who has ${plan.name}`} size="lg" onClose={give.isPending ? undefined : onClose}>
      <Stack gap="md">
        {hasWhmcs && <Segments label={t`Give it to`} choices={kinds} value={kind} onChange={setKind} />}
        {kind === 'client' ? (
          <ClientFinder value={clientId} onChange={setClientId} />
        ) : (
          <UserFinder cluster={cluster} value={user} onChange={setUser} />
        )}
        {give.error && <ProblemAlert error={give.error} />}
        {rows.length > 0 && (
          <EntriesTable label={t`Who has it by name`} columns={[t`Has it by name`, t`Actions`]}>
            {rows.map(({ row: { to: holder, name }, isUnderWay, isGone }) => (
              <tr key={wordsOf(holder, clusters)} aria-busy={isUnderWay}>
                <td data-label={t`Has it by name`}>
                  {name === null ? wordsOf(holder, clusters) : <ForeignText text={name} cap={80} />}
                  {name !== null && <div className="entries-under">{wordsOf(holder, clusters)}</div>}
                </td>
                <td aria-label={t`Actions`}>
                  <TakeAwayButton
                    size="compact-xs"
                    aria-label={t`Take it from ${name ?? wordsOf(holder, clusters)}`}
                    label={t`Take it away`}
                    done={isGone ? t`Taken away` : null}
                    isUnderWay={isUnderWay}
                    isAnyUnderWay={give.isPending}
                    onClick={() => give.mutate({ to: holder, planId: null })}
                  />
                </td>
              </tr>
            ))}
          </EntriesTable>
        )}
        {own.length > MOST_SHOWN && (
          <p className="dimmed">
            <Plural value={own.length - MOST_SHOWN} one="and # other" other="and # others" />
          </p>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={give.isPending}>
            <Trans>Close</Trans>
          </Button>
          <ReasonButton
            busy={give.isPending && taking === null}
            reason={to === null ? t`Choose who is to have it` : null}
            onClick={submit}
          >
            <Trans>Give it</Trans>
          </ReasonButton>
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
  if (to.kind === 'client') return t`Client ${to.clientId}`
  if (to.kind === 'default') return t`Everybody`
  const cluster = clusters.find(({ id }) => id === to.cluster)?.name ?? to.cluster
  return t`User ${to.userId} of ${cluster}`
}
