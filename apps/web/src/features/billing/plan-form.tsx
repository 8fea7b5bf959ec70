import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { amountOf, moneyText, type Price } from '@ostor-console/shared/money'
import type { Plan, PlanDraft } from '@ostor-console/shared/plans'
import { type FormEvent, useState } from 'react'
import { formatMoney } from '../../format/money.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useSavePlan } from './billing.queries.ts'
import { METRIC_WORDS, unitOf } from './billing-words.ts'
import { PriceFields, type PriceText, priceOf, textOf } from './price-fields.tsx'
import './billing.css'

type Metric = keyof PlanDraft['prices']
const METRICS = ['storage', 'egress', 'put', 'get', 'list', 'other'] as const satisfies Metric[]
const FREE: PriceText = { included: '', tiers: [{ upTo: '', price: '0' }] }
const UNITS = [
  { value: 'GB', label: 'GB, 1,000,000,000 bytes' },
  { value: 'GiB', label: 'GiB, 1,073,741,824 bytes' },
]

/** Asks for the prices of a plan; stays open with all that was typed when it does not work. */
export function PlanForm({ plan, onClose }: { plan: Plan | null; onClose: () => void }) {
  const save = useSavePlan(plan?.id ?? null)
  const [name, setName] = useState(plan?.name ?? '')
  const [currency, setCurrency] = useState(plan?.currency ?? 'EUR')
  const [unit, setUnit] = useState<'GB' | 'GiB'>(plan?.unit ?? 'GB')
  const [prices, setPrices] = useState<Record<Metric, PriceText>>(() => {
    const from = (metric: Metric) => (plan ? textOf(plan.prices[metric]) : FREE)
    return {
      storage: from('storage'),
      egress: from('egress'),
      put: from('put'),
      get: from('get'),
      list: from('list'),
      other: from('other'),
    }
  })

  const wanted = { storage: priceOf(prices.storage), egress: priceOf(prices.egress) }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const [storage, egress, put, get, list, other] = METRICS.map((metric) => priceOf(prices[metric]))
    if (!storage || !egress || !put || !get || !list || !other) return
    const draft = { name: name.trim(), currency, unit, prices: { storage, egress, put, get, list, other } }
    save.mutate(draft, { onSuccess: onClose })
  }
  const isWhole = name.trim() !== '' && METRICS.every((metric) => priceOf(prices[metric]) !== null)

  return (
    <Dialog title={plan ? `Change ${plan.name}` : 'New plan'} size="lg" onClose={save.isPending ? undefined : onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <div className="plan-head">
            <TextInput
              label="Name"
              maxLength={64}
              data-autofocus
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <TextInput
              label="Currency"
              maxLength={3}
              value={currency}
              onChange={({ currentTarget }) => setCurrency(currentTarget.value.toUpperCase())}
            />
            <NativeSelect
              label="Unit of storage and traffic"
              data={UNITS}
              value={unit}
              onChange={({ currentTarget }) => setUnit(currentTarget.value === 'GiB' ? 'GiB' : 'GB')}
            />
          </div>
          {METRICS.map((metric) => (
            <PriceFields
              key={metric}
              label={METRIC_WORDS[metric]}
              unit={unitOf(metric, unit)}
              currency={currency}
              value={prices[metric]}
              onChange={(price) => setPrices((all) => ({ ...all, [metric]: price }))}
            />
          ))}
          <output className="plan-example">{exampleOf(wanted, unit, currency)}</output>
          {save.error && <ProblemAlert error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} disabled={save.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isWhole}>
              {plan ? 'Save the plan' : 'Make the plan'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

const STORED = 500n
const OUT = 200n

const exampleOf = (
  { storage, egress }: Record<'storage' | 'egress', Price | null>,
  unit: string,
  currency: string,
): string => {
  if (!storage || !egress || currency.length !== 3) return 'Fill in all prices to see an example.'
  const amount =
    amountOf(storage, { count: STORED, per: 1n }, currency) + amountOf(egress, { count: OUT, per: 1n }, currency)
  const costs = formatMoney(moneyText(amount, currency), currency)
  return `Example: ${STORED} ${unit} stored all month and ${OUT} ${unit} out cost ${costs}, without operations.`
}
