import type { MessageDescriptor } from '@lingui/core'
import { msg, plural, t } from '@lingui/core/macro'
import type { BillDetail, BillLine, MonthState } from '@ostor-console/shared/bills'
import type { Coverage } from '@ostor-console/shared/coverage'
import { quantityText } from '@ostor-console/shared/money'
import type { Priced } from '@ostor-console/shared/plans'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { inEach } from '../../format/locale.ts'
import { formatMoney } from '../../format/money.ts'

export const METRIC_WORDS: Record<Priced, MessageDescriptor> = {
  storage: msg`Storage`,
  egress: msg`Traffic out`,
  put: msg`PUT operations`,
  get: msg`GET operations`,
  list: msg`LIST operations`,
  other: msg`Other operations`,
}

export const STATE_WORDS: Record<MonthState, { word: MessageDescriptor; tone: 'good' | 'warn' | 'off' }> = {
  running: { word: msg({ message: 'running', context: 'a month that has not ended' }), tone: 'off' },
  open: { word: msg({ message: 'open', context: 'a month that is to be closed' }), tone: 'warn' },
  closed: { word: msg({ message: 'closed', context: 'a month' }), tone: 'good' },
  earlier: { word: msg({ message: 'not billed', context: 'a month' }), tone: 'off' },
}

export const COVERAGE_WORDS: Record<Coverage, { word: MessageDescriptor; tone: 'good' | 'warn' | 'bad' }> = {
  complete: { word: msg({ message: 'complete', context: 'figures' }), tone: 'good' },
  partial: { word: msg({ message: 'at least', context: 'figures' }), tone: 'warn' },
  unknown: { word: msg`not known`, tone: 'bad' },
}

const months = inEach((locale) => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }))

/** `November 2026`: a month is a name, whatever the clock of the page. */
export const monthName = (month: string): string => months().format(new Date(`${month}-01T00:00:00Z`))

/** What a bill comes to in each currency; "at least" where lines of it are not known, or not wholly. */
export const togetherText = ({ sums, lines }: Pick<BillDetail, 'sums' | 'lines'>): string =>
  sums
    .map(({ currency, amount }) => {
      if (amount === null) return t`Together not known`
      const own = lines.filter((line) => line.currency === currency)
      const isWhole = own.every((line) => line.amount !== null && line.coverage === 'complete')
      const sum = formatMoney(amount, currency)
      return isWhole ? t`Together ${sum}` : t`Together at least ${sum}`
    })
    .join(' · ')

/** Such as `GB-month`, by which a plan prices. */
export const unitOf = (metric: Priced, unit: string): string => {
  if (metric === 'storage') return t`${unit}-month`
  const count = formatCount(1000)
  return metric === 'egress' ? unit : t`${count} operations`
}

/** The unit of a line, which the server writes as `GB-month` or `GB`. */
const unitText = (written: string): string => {
  const unit = written.replace(/-month$/, '')
  return unit === written ? written : t`${unit}-month`
}

/** A decimal with its digits grouped. */
export const grouped = (text: string): string => formatMoney(text, null)

/** Units of a line, such as `512.40 GB-month`; `null` when nothing is known. */
export const lineQuantity = ({ count, per, unit }: Pick<BillLine, 'count' | 'per' | 'unit'>): string | null => {
  if (count === null) return null
  if (per === null || unit?.endsWith('operations')) return operationsText(count)
  return `${grouped(quantityText({ count: BigInt(count), per: BigInt(per) }, 3))} ${unitText(unit ?? '')}`
}

/** The counter behind a line, every digit. */
export const exactCount = (metric: Priced, exact: string): string => {
  const count = formatCount(exact)
  if (metric === 'storage') return plural(Number(exact), { one: `${count} byte-hour`, other: `${count} byte-hours` })
  return metric === 'egress' ? exactBytes(exact) : operationsText(exact)
}

const operationsText = (exact: string): string => {
  const count = formatCount(exact)
  return plural(Number(exact), { one: `${count} operation`, other: `${count} operations` })
}

/** Of some hours: what was stored on average, or what passed, in the units that the line is priced by. */
export const hoursText = (
  { metric, unit }: Pick<BillLine, 'metric' | 'unit'>,
  count: bigint,
  hours: number,
): string => {
  const units = unit === null ? undefined : unit.startsWith('GiB') ? 'binary' : 'decimal'
  if (metric === 'storage') {
    const bytes = formatBytes(hours === 0 ? 0n : count / BigInt(hours), units)
    return t`${bytes} on average`
  }
  return metric === 'egress' ? formatBytes(count, units) : formatCount(count)
}
