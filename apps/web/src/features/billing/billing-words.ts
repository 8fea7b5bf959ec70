import type { BillDetail, BillLine, MonthState } from '@ostor-console/shared/bills'
import type { Coverage } from '@ostor-console/shared/coverage'
import { quantityText } from '@ostor-console/shared/money'
import type { PlanPrice, Priced } from '@ostor-console/shared/plans'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { formatMoney } from '../../format/money.ts'

export const METRIC_WORDS: Record<Priced, string> = {
  storage: 'Storage',
  egress: 'Traffic out',
  put: 'PUT operations',
  get: 'GET operations',
  list: 'LIST operations',
  other: 'Other operations',
}

export const STATE_WORDS: Record<MonthState, { word: string; tone: 'good' | 'warn' | 'off' }> = {
  running: { word: 'running', tone: 'off' },
  open: { word: 'open', tone: 'warn' },
  closed: { word: 'closed', tone: 'good' },
  earlier: { word: 'not billed', tone: 'off' },
}

export const COVERAGE_WORDS: Record<Coverage, { word: string; tone: 'good' | 'warn' | 'bad' }> = {
  complete: { word: 'complete', tone: 'good' },
  partial: { word: 'at least', tone: 'warn' },
  unknown: { word: 'not known', tone: 'bad' },
}

const MONTHS = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** `November 2026`: a month is a name, whatever the clock of the page. */
export const monthName = (month: string): string => MONTHS.format(new Date(`${month}-01T00:00:00Z`))

/** What a bill comes to in each currency; "at least" where lines of it are not known, or not wholly. */
export const togetherText = ({ sums, lines }: Pick<BillDetail, 'sums' | 'lines'>): string =>
  sums
    .map(({ currency, amount }) => {
      if (amount === null) return 'Together not known'
      const own = lines.filter((line) => line.currency === currency)
      const isWhole = own.every((line) => line.amount !== null && line.coverage === 'complete')
      return `Together ${isWhole ? '' : 'at least '}${formatMoney(amount, currency)}`
    })
    .join(' · ')

/** Such as `GB-month`, by which a plan prices. */
export const unitOf = (metric: Priced, unit: string): string => {
  if (metric === 'storage') return `${unit}-month`
  return metric === 'egress' ? unit : '1,000 operations'
}

/** `0.0130 up to 1,000, then 0.0100`. */
export const priceText = ({ included, tiers }: PlanPrice): string => {
  if (tiers.every(({ price }) => Number(price) === 0)) return 'free'
  const parts = tiers.map(({ upTo, price }) => (upTo === null ? price : `${price} up to ${formatCount(upTo)}`))
  return `${included > 0 ? `${formatCount(included)} included, then ` : ''}${parts.join(', then ')}`
}

/** A decimal with its digits grouped. */
export const grouped = (text: string): string => {
  const [whole = '0', part] = text.replace('-', '').split('.')
  return `${text.startsWith('-') ? '−' : ''}${BigInt(whole).toLocaleString('en')}${part === undefined ? '' : `.${part}`}`
}

/** Units of a line, such as `512.40 GB-month`; `null` when nothing is known. */
export const lineQuantity = ({ count, per, unit }: Pick<BillLine, 'count' | 'per' | 'unit'>): string | null => {
  if (count === null) return null
  if (per === null || unit?.endsWith('operations')) return `${formatCount(count)} operations`
  return `${grouped(quantityText({ count: BigInt(count), per: BigInt(per) }, 3))} ${unit ?? ''}`
}

/** The counter behind a line, every digit. */
export const exactCount = (metric: Priced, count: string): string => {
  if (metric === 'storage') return `${formatCount(count)} byte-hours`
  return metric === 'egress' ? `${formatCount(count)} bytes` : `${formatCount(count)} operations`
}

/** Of some hours: what was stored on average, or what passed, in the units that the line is priced by. */
export const hoursText = (
  { metric, unit }: Pick<BillLine, 'metric' | 'unit'>,
  count: bigint,
  hours: number,
): string => {
  const units = unit === null ? undefined : unit.startsWith('GiB') ? 'binary' : 'decimal'
  if (metric === 'storage') return `${formatBytes(hours === 0 ? 0n : count / BigInt(hours), units)} on average`
  return metric === 'egress' ? formatBytes(count, units) : formatCount(count)
}
