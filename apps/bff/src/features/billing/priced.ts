import type { BillLine } from '@ostor-console/shared/bills'
import type { Coverage } from '@ostor-console/shared/coverage'
import {
  amountOf,
  microOf,
  moneyText,
  OPERATIONS,
  partsOf,
  type Quantity,
  UNIT_BYTES,
} from '@ostor-console/shared/money'
import { type PlanDraft, PRICED, type Priced } from '@ostor-console/shared/plans'
import type { Billed } from '../../adapters/store/billing-billed.ts'
import type { LineRecord } from '../../adapters/store/billing-lines.ts'
import type { LineRow } from '../../adapters/store/billing-months.ts'

/** So many byte-hours, bytes or operations make one unit. */
const perUnit = (metric: Priced, unit: PlanDraft['unit'], hours: number): bigint => {
  if (metric === 'storage') return UNIT_BYTES[unit] * BigInt(hours)
  return metric === 'egress' ? UNIT_BYTES[unit] : OPERATIONS
}

export const unitName = (metric: Priced, unit: PlanDraft['unit']): string => {
  if (metric === 'storage') return `${unit}-month`
  return metric === 'egress' ? unit : '1,000 operations'
}

type Of = {
  countId: string
  month: string
  ofMonth: string
  hours: number
  plan: PlanDraft | null
  name: string
  coverage: Coverage
}
type Draft = Omit<LineRow, 'line_no'>

/**
 * The lines of what a bill used by one plan. Of a closed month only what is another figure than was billed: the price of
 * all of it, less what was billed before.
 */
export const linesOf = (billed: Billed, of: Omit<Of, 'coverage'>): Draft[] =>
  PRICED.flatMap((metric) => {
    const coverage = metric === 'storage' ? billed.coverage.storage : billed.coverage.traffic
    const count = billed.counts[metric]
    if (of.month !== of.ofMonth) return correctionOf(billed, metric, count, { ...of, coverage })
    if (count === 0n && coverage === 'complete') return []
    return [lineOf(billed, metric, { ...of, coverage }, 'usage', count, amountIn(of, metric, count))]
  })

const correctionOf = (billed: Billed, metric: Priced, count: bigint | null, of: Of): Draft[] => {
  const { quantity, amount } = billed.before.get(metric) ?? { quantity: 0n, amount: 0n }
  if (count === null || count === quantity) return []
  const now = amountIn(of, metric, count)
  return [lineOf(billed, metric, of, 'correction', count - quantity, now === null ? null : now - amount)]
}

const quantityIn = ({ plan, hours }: Pick<Of, 'plan' | 'hours'>, metric: Priced, count: bigint): Quantity | null =>
  plan && { count, per: perUnit(metric, plan.unit, hours) }

const amountIn = (of: Pick<Of, 'plan' | 'hours'>, metric: Priced, count: bigint | null): bigint | null => {
  const quantity = count === null ? null : quantityIn(of, metric, count)
  return quantity && of.plan && amountOf(of.plan.prices[metric], quantity, of.plan.currency)
}

const lineOf = (
  { bill, clientId, cluster, userId, planId }: Billed,
  metric: Priced,
  of: Of,
  kind: LineRow['kind'],
  quantity: bigint | null,
  amount: bigint | null,
): Draft => ({
  count_id: of.countId,
  bill,
  client_id: clientId,
  cluster_id: clientId === null ? cluster : null,
  user_id: clientId === null ? userId : null,
  name: of.name,
  kind,
  of_month: of.ofMonth,
  metric,
  plan_id: of.plan && planId,
  coverage: of.coverage,
  quantity,
  per: of.plan && perUnit(metric, of.plan.unit, of.hours),
  currency: of.plan?.currency ?? null,
  amount,
})

/** A line as it is shown; `plan` as it was when the line was counted. */
export const viewOf = (row: LineRecord, plan: PlanDraft | null): BillLine => {
  const { metric, currency, amount, quantity: count, per } = row
  const quantity = count === null || per === null ? null : { count, per }
  const parts = plan && quantity && row.kind === 'usage' ? partsOf(plan.prices[metric], quantity) : []
  return {
    lineNo: Number(row.line_no),
    kind: row.kind,
    ofMonth: row.of_month,
    metric,
    planId: row.plan_id,
    planName: plan?.name ?? null,
    coverage: row.coverage,
    count: count === null ? null : String(count),
    per: per === null ? null : String(per),
    unit: plan && unitName(metric, plan.unit),
    included: plan && row.kind === 'usage' ? plan.prices[metric].included : null,
    parts: parts.map(({ price, count: some, ...part }) => ({
      ...part,
      price: moneyText(microOf(price), plan?.currency ?? ''),
      count: String(some),
    })),
    currency,
    amount: amount === null || currency === null ? null : moneyText(amount, currency),
  }
}
