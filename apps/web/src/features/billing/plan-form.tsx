import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { NativeSelect, TextInput } from '@mantine/core'
import { amountOf, moneyText, type Price, UNIT_BYTES } from '@ostor-console/shared/money'
import type { Plan, PlanDraft } from '@ostor-console/shared/plans'
import { useState } from 'react'
import { exactBytes } from '../../format/bytes.ts'
import { formatMoney } from '../../format/money.ts'
import { DraftDialog } from '../../ui/draft-dialog.tsx'
import { useSavePlan } from './billing.queries.ts'
import { METRIC_WORDS, unitOf } from './billing-words.ts'
import { PriceFields, type PriceText, priceOf, textOf } from './price-fields.tsx'
import './billing.css'

type Metric = keyof PlanDraft['prices']
const METRICS = ['storage', 'egress', 'put', 'get', 'list', 'other'] as const satisfies Metric[]
const FREE: PriceText = { included: '', tiers: [{ upTo: '', price: '0' }] }
const UNITS = ['GB', 'GiB'] as const

/** Asks for the prices of a plan; stays open with all that was typed when it does not work. */
export function PlanForm({ plan, onClose }: { plan: Plan | null; onClose: () => void }) {
  const { t } = useLingui()
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

  const [start] = useState(prices)
  const touched = prices !== start || name !== (plan?.name ?? '')
  const holdsDraft = touched && !save.isPending && !save.isSuccess

  const wanted = { storage: priceOf(prices.storage), egress: priceOf(prices.egress) }
  const submit = () => {
    const [storage, egress, put, get, list, other] = METRICS.map((metric) => priceOf(prices[metric]))
    if (!storage || !egress || !put || !get || !list || !other) return
    const draft = { name: name.trim(), currency, unit, prices: { storage, egress, put, get, list, other } }
    save.mutate(draft, { onSuccess: onClose })
  }
  const isWhole = name.trim() !== '' && METRICS.every((metric) => priceOf(prices[metric]) !== null)

  const planName = plan?.name
  return (
    <DraftDialog
      title={plan ? t`Change ${planName}` : t`New plan`}
      size="lg"
      label={plan ? t`Save the plan` : t`Make the plan`}
      incomplete={!isWhole}
      pending={save.isPending}
      error={save.error}
      holdsDraft={holdsDraft}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="plan-head">
        <TextInput
          label={t`Name`}
          maxLength={64}
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label={t`Currency`}
          maxLength={3}
          value={currency}
          onChange={({ currentTarget }) => setCurrency(currentTarget.value.toUpperCase())}
        />
        <NativeSelect
          label={t`Unit of storage and traffic`}
          data={UNITS.map((value) => ({ value, label: `${value}, ${exactBytes(UNIT_BYTES[value])}` }))}
          value={unit}
          onChange={({ currentTarget }) => setUnit(currentTarget.value === 'GiB' ? 'GiB' : 'GB')}
        />
      </div>
      {METRICS.map((metric) => (
        <PriceFields
          key={metric}
          label={t(METRIC_WORDS[metric])}
          unit={unitOf(metric, unit)}
          currency={currency}
          value={prices[metric]}
          onChange={(price) => setPrices((all) => ({ ...all, [metric]: price }))}
        />
      ))}
      <output className="plan-example">{exampleOf(wanted, unit, currency)}</output>
    </DraftDialog>
  )
}

const STORED = 500n
const OUT = 200n

const exampleOf = (
  { storage, egress }: Record<'storage' | 'egress', Price | null>,
  unit: string,
  currency: string,
): string => {
  if (!storage || !egress || currency.length !== 3) return t`Fill in all prices to see an example.`
  const amount =
    amountOf(storage, { count: STORED, per: 1n }, currency) + amountOf(egress, { count: OUT, per: 1n }, currency)
  const costs = formatMoney(moneyText(amount, currency), currency)
  const stored = `${STORED} ${unit}`
  const out = `${OUT} ${unit}`
  return t`Example: ${stored} stored all month and ${out} out cost ${costs}, without operations.`
}
