import { moneyText, quantityText, roundHalfUp } from '@ostor-console/shared/money'
import type { Priced } from '@ostor-console/shared/plans'
import type { LineRecord, LineStore } from '../../adapters/store/billing-lines.ts'
import type { MonthRecord, MonthStore } from '../../adapters/store/billing-months.ts'
import type { PushStore } from '../../adapters/store/billing-pushes.ts'
import { plansFor } from './close.ts'
import { daysOf, hoursOf } from './month.ts'
import { unitName } from './priced.ts'

const MEGABYTE = 1_048_576n
const MOST_LEFT = 100

export type PushParts = {
  months: MonthStore
  lines: LineStore
  pushes: PushStore
  /** Code of the currency that each client has at WHMCS, as far as it is known. */
  currencies: (clientIds: readonly number[]) => Promise<ReadonlyMap<number, string | null>>
}
type Asked = { kind: 'usage' | 'invoice'; clientId?: number | undefined; by: string; at: Date }
export type PushResult = {
  queued: number
  /** Those whom WHMCS was told of before. */
  before: number
  /** Who was left out, and why. */
  left: string[]
}

/** Writes what WHMCS is to be told of a month, one client after the other, each in a transaction of its own. */
export const pushMonth = async (parts: PushParts, record: MonthRecord, asked: Asked): Promise<PushResult> => {
  const result: PushResult = { queued: 0, before: 0, left: [] }
  const tell = await (asked.kind === 'usage' ? usageOf(parts, record, asked) : invoicesOf(parts, record, asked))
  for await (const bill of clientBills(parts.lines, record.countId)) {
    if (asked.clientId !== undefined && bill.clientId !== asked.clientId) continue
    const told = await tell(bill)
    if (told === true) result.queued += 1
    else if (told === false) result.before += 1
    else if (result.left.length < MOST_LEFT) result.left.push(`${bill.name}: ${told}`)
  }
  return result
}

type ClientBill = { clientId: number; name: string; lines: LineRecord[] }
/** Whether it was queued now, or why not. */
type Tell = (bill: ClientBill) => Promise<boolean | string>

/** The lines of each client: those of the month, and the corrections, which stand after them in the count. */
async function* clientBills(lines: LineStore, countId: string): AsyncGenerator<ClientBill> {
  const seen = new Set<string>()
  for await (const page of lines.all(countId))
    for (const { bill, client_id, name } of page) {
      if (client_id === null || seen.has(bill)) continue
      seen.add(bill)
      yield { clientId: client_id, name, lines: await lines.ofBill(countId, bill) }
    }
}

const sumOf = (lines: readonly LineRecord[], metric: Priced): bigint | null => {
  const own = lines.filter((line) => line.kind === 'usage' && line.metric === metric)
  if (own.some(({ quantity }) => quantity === null)) return null
  return own.reduce((sum, { quantity }) => sum + (quantity ?? 0n), 0n)
}

const usageOf = async ({ pushes }: PushParts, record: MonthRecord, { by, at }: Asked): Promise<Tell> => {
  const hours = BigInt(hoursOf(record))
  return async ({ clientId, lines }) => {
    const serviceId = (await pushes.services([clientId])).get(clientId)
    if (serviceId === undefined) return 'no service at WHMCS is chosen for its usage'
    const [storage, egress] = [sumOf(lines, 'storage'), sumOf(lines, 'egress')]
    if (storage === null || egress === null) return 'its usage is not known'
    const usage = {
      serviceId,
      diskMegabytes: Number(roundHalfUp(storage, hours * MEGABYTE)),
      trafficMegabytes: Number(roundHalfUp(egress, MEGABYTE)),
    }
    const text = `Usage of ${record.month} (${record.timeZone}): ${usage.diskMegabytes} MB stored on average, ${usage.trafficMegabytes} MB out`
    return pushes.usage({ month: record.month, by, at }, { clientId, text, ...usage })
  }
}

const LABELS: Record<Priced, string> = {
  storage: 'S3 storage',
  egress: 'S3 traffic out',
  put: 'S3 PUT operations',
  get: 'S3 GET operations',
  list: 'S3 LIST operations',
  other: 'Other S3 operations',
}

const invoicesOf = async (parts: PushParts, record: MonthRecord, { by, at }: Asked): Promise<Tell> => {
  const plans = await plansFor(parts.months, record)
  const text = `S3 storage ${record.month}, ${daysOf(record.month).first} to ${daysOf(record.month).last} (${record.timeZone})`
  return async ({ clientId, lines }) => {
    const priced = lines.filter(({ amount }) => amount !== null && amount !== 0n)
    const currency = priced[0]?.currency ?? null
    if (currency === null) return 'there is nothing to pay'
    if (priced.some((line) => line.currency !== currency)) return 'its plans have different currencies'
    const theirs = (await parts.currencies([clientId])).get(clientId) ?? null
    if (theirs !== null && theirs !== currency) return `it pays in ${theirs}, and its plan is in ${currency}`
    if (priced.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n) <= 0n)
      return 'its corrections come to more than its usage'
    const items = priced.map((line) => ({
      description: described(line, plans(line.of_month, line.plan_id)?.unit ?? 'GB'),
      amount: moneyText(line.amount ?? 0n, currency),
    }))
    return parts.pushes.invoice({ month: record.month, by, at }, { clientId, text, lines: items })
  }
}

const described = ({ kind, metric, of_month, quantity, per, coverage }: LineRecord, unit: 'GB' | 'GiB'): string => {
  const { first, last } = daysOf(of_month)
  const amount =
    quantity === null || per === null ? '' : `${quantityText({ count: quantity, per })} ${unitName(metric, unit)}`
  const least = coverage === 'complete' ? '' : 'at least '
  const what = kind === 'correction' ? `Correction, ${LABELS[metric]}` : LABELS[metric]
  return `${what} (${first} - ${last}): ${least}${amount}`
}
