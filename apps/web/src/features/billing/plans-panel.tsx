import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import type { Plan } from '@ostor-console/shared/plans'
import IconReceipt from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { VerbButton } from '../../api/verb-button.tsx'
import { formatCount } from '../../format/counts.ts'
import { priceText } from '../../format/prices.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowMenu } from '../../ui/row-menu.tsx'
import { plansQuery, useDeletePlan, useGivePlan } from './billing.queries.ts'
import { METRIC_WORDS, unitOf } from './billing-words.ts'
import { PlanForm } from './plan-form.tsx'

type Open = { plan: Plan | null; what: 'form' | 'delete' }

type Props = { /** Asks whom a plan is for. */ onGive: (plan: Plan) => void }

/** Plans of prices, and who has which. */
export function PlansPanel({ onGive }: Props) {
  const { t } = useLingui()
  const plans = useQuery(plansQuery())
  const give = useGivePlan()
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const make = (
    <VerbButton verb="billing.manage" data-shortcut="n" size="xs" onClick={() => setOpen({ plan: null, what: 'form' })}>
      <Trans>New plan</Trans>
    </VerbButton>
  )
  const columns = [t`Plan`, t`Storage`, t`Traffic out`, byThousand(), t`Given to`, t`Actions`]
  return (
    <>
      <QueryPanel
        title={t`Plans`}
        note={t`A user’s own plan goes before that of the client, and both before that of everybody. A change is for months that are not closed.`}
        query={plans}
        flush
        partial={give.error && <ProblemAlert error={give.error} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState icon={<IconReceipt size={22} />} title={t`No plans yet`} action={make}>
            <Trans>A plan says what storage, traffic and operations cost. The first one is for everybody.</Trans>
          </EmptyState>
        }
        actions={plans.data && plans.data.items.length > 0 && make}
      >
        {({ items }) => (
          <EntriesTable label={t`Plans`} columns={columns}>
            {items.map((plan) => (
              <PlanRow
                key={plan.id}
                plan={plan}
                onGive={onGive}
                onDefault={() => give.mutate({ to: { kind: 'default' }, planId: plan.id })}
                onOpen={(what) => setOpen({ plan, what })}
              />
            ))}
          </EntriesTable>
        )}
      </QueryPanel>
      {open?.what === 'form' && <PlanForm plan={open.plan} onClose={close} />}
      {open?.what === 'delete' && open.plan && <DeletePlan plan={open.plan} onClose={close} />}
    </>
  )
}

const byThousand = (): string => {
  const count = formatCount(1000)
  return t`Operations, by ${count}`
}

const OPERATIONS = ['put', 'get', 'list'] as const

type RowProps = Props & { plan: Plan; onDefault: () => void; onOpen: (what: Open['what']) => void }

function PlanRow({ plan, onGive, onDefault, onOpen }: RowProps) {
  const { t } = useLingui()
  const { name, currency, unit, prices, isDefault } = plan
  const refusal = useRefusal('billing.manage')
  const others = priceText(prices.other)
  const holders = holdersOf(plan)
  return (
    <tr>
      <td data-label={t`Plan`}>
        <span translate="no">{name}</span>
        <div className="entries-under">
          <Trans>
            {currency}, by {unit}
          </Trans>
        </div>
      </td>
      {(['storage', 'egress'] as const).map((metric) => (
        <td key={metric} data-label={t(METRIC_WORDS[metric])}>
          {priceText(prices[metric])}
          <PricedBy currency={currency} unit={unitOf(metric, unit)} />
        </td>
      ))}
      <td data-label={byThousand()}>
        {OPERATIONS.map((metric) => (
          <div key={metric} className="entries-under">
            <span translate="no">{metric.toUpperCase()}</span>: {priceText(prices[metric])}
          </div>
        ))}
        <div className="entries-under">{t`Others: ${others}`}</div>
      </td>
      <td data-label={t`Given to`}>
        {isDefault ? t`Everybody` : (holders ?? t`Nobody`)}
        {isDefault && holders !== null && <div className="entries-under">{t`and by name ${holders}`}</div>}
      </td>
      <td aria-label={t`Actions`}>
        <RowMenu label={t`Actions for ${name}`} reason={refusal}>
          <Menu.Item onClick={() => onOpen('form')}>{t`Change…`}</Menu.Item>
          <Menu.Item onClick={() => onGive(plan)}>{t`Give to a client or user…`}</Menu.Item>
          {!isDefault && (
            <Menu.Item onClick={onDefault}>
              <Trans>Make it everybody’s</Trans>
            </Menu.Item>
          )}
          <Menu.Item c="var(--bad)" onClick={() => onOpen('delete')}>
            <Trans>Delete…</Trans>
          </Menu.Item>
        </RowMenu>
      </td>
    </tr>
  )
}

function PricedBy({ currency, unit }: { currency: string; unit: string }) {
  return (
    <div className="entries-under">
      <Trans>
        {currency} by {unit}
      </Trans>
    </div>
  )
}

/** How many have the plan by name; `null` when nobody has. */
const holdersOf = ({ clients, users }: Plan): string | null => {
  const counts = [
    ...(clients > 0 ? [plural(clients, { one: '# client', other: '# clients' })] : []),
    ...(users > 0 ? [plural(users, { one: '# user', other: '# users' })] : []),
  ]
  return counts.length === 0 ? null : counts.join(', ')
}

function DeletePlan({ plan: { id, name }, onClose }: { plan: Plan; onClose: () => void }) {
  const { t } = useLingui()
  const remove = useDeletePlan(id)
  return (
    <ConfirmDialog
      title={t`Delete ${name}`}
      confirmLabel={t`Delete the plan`}
      danger
      typed={{ label: t`Type ${name} to confirm`, text: name }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <Trans>Closed months keep the prices that they were closed with.</Trans>
      </p>
    </ConfirmDialog>
  )
}
