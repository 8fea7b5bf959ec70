import { ActionIcon, Menu } from '@mantine/core'
import type { Plan } from '@ostor-console/shared/plans'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import IconReceipt from '@tabler/icons-react/dist/esm/icons/IconReceipt.mjs'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { VerbButton } from '../../api/verb-button.tsx'
import { plural } from '../../format/counts.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { plansQuery, useDeletePlan, useGivePlan } from './billing.queries.ts'
import { priceText, unitOf } from './billing-words.ts'
import { PlanForm } from './plan-form.tsx'

const COLUMNS = ['Plan', 'Storage', 'Traffic out', 'Operations, by 1,000', 'Given to', 'Actions']

type Open = { plan: Plan | null; what: 'form' | 'delete' }

type Props = { /** Asks whom a plan is for. */ onGive: (plan: Plan) => void }

/** Plans of prices, and who has which. */
export function PlansPanel({ onGive }: Props) {
  const plans = useQuery(plansQuery())
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const make = (
    <VerbButton verb="billing.manage" data-shortcut="n" size="xs" onClick={() => setOpen({ plan: null, what: 'form' })}>
      New plan
    </VerbButton>
  )
  return (
    <>
      <QueryPanel
        title="Plans"
        note="A user’s own plan goes before that of the client, and both before that of everybody. A change is for months that are not closed."
        query={plans}
        flush
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState icon={<IconReceipt size={22} />} title="No plans yet" action={make}>
            A plan says what storage, traffic and operations cost. The first one is for everybody.
          </EmptyState>
        }
        actions={plans.data && plans.data.items.length > 0 && make}
      >
        {({ items }) => (
          <EntriesTable label="Plans" columns={COLUMNS}>
            {items.map((plan) => (
              <PlanRow key={plan.id} plan={plan} onGive={onGive} onOpen={(what) => setOpen({ plan, what })} />
            ))}
          </EntriesTable>
        )}
      </QueryPanel>
      {open?.what === 'form' && <PlanForm plan={open.plan} onClose={close} />}
      {open?.what === 'delete' && open.plan && <DeletePlan plan={open.plan} onClose={close} />}
    </>
  )
}

const OPERATIONS = ['put', 'get', 'list', 'other'] as const

type RowProps = Props & { plan: Plan; onOpen: (what: Open['what']) => void }

function PlanRow({ plan, onGive, onOpen }: RowProps) {
  const { name, currency, unit, prices, isDefault, clients, users } = plan
  const given = useGivePlan()
  const refusal = useRefusal('billing.manage')
  const holders = [clients > 0 && plural(clients, 'client'), users > 0 && plural(users, 'user')].filter(Boolean)
  return (
    <tr>
      <td data-label="Plan">
        {name}
        <div className="entries-under">
          {currency}, by {unit}
        </div>
      </td>
      {(['storage', 'egress'] as const).map((metric) => (
        <td key={metric} data-label={metric === 'storage' ? 'Storage' : 'Traffic out'}>
          {priceText(prices[metric])}
          <div className="entries-under">
            {currency} by {unitOf(metric, unit)}
          </div>
        </td>
      ))}
      <td data-label="Operations, by 1,000">
        {OPERATIONS.map((metric) => (
          <div key={metric} className="entries-under">
            {metric === 'other' ? 'Others' : metric.toUpperCase()}: {priceText(prices[metric])}
          </div>
        ))}
      </td>
      <td data-label="Given to">
        {isDefault ? 'Everybody' : holders.length === 0 ? 'Nobody' : holders.join(', ')}
        {isDefault && holders.length > 0 && <div className="entries-under">and by name {holders.join(', ')}</div>}
      </td>
      <td aria-label="Actions">
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${name}`} disabled={refusal !== null} title={refusal ?? undefined}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onOpen('form')}>Change…</Menu.Item>
            <Menu.Item onClick={() => onGive(plan)}>Give to a client or user…</Menu.Item>
            {!isDefault && (
              <Menu.Item onClick={() => given.mutate({ to: { kind: 'default' }, planId: plan.id })}>
                Make it everybody’s
              </Menu.Item>
            )}
            <Menu.Item c="var(--bad)" onClick={() => onOpen('delete')}>
              Delete…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  )
}

function DeletePlan({ plan: { id, name }, onClose }: { plan: Plan; onClose: () => void }) {
  const remove = useDeletePlan(id)
  return (
    <ConfirmDialog
      title={`Delete ${name}`}
      confirmLabel="Delete the plan"
      danger
      typed={{ label: `Type ${name} to confirm`, text: name }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>Closed months keep the prices that they were closed with.</p>
    </ConfirmDialog>
  )
}
