import { moneyText, quantityText, roundHalfUp } from '@ostor-console/shared/money'
import type { Priced } from '@ostor-console/shared/plans'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { LineRecord, LineStore } from '../../adapters/store/billing-lines.ts'
import type { MonthRecord, MonthStore } from '../../adapters/store/billing-months.ts'
import type { Handed, PushStore } from '../../adapters/store/billing-pushes.ts'
import { plansFor } from './close.ts'
import { daysOf } from './month.ts'
import { averageHours } from './months.ts'
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
  /** Who was left out, or what of theirs, and why; the first hundred. */
  left: string[]
  leftCount: number
  /** Those who were left out because WHMCS was told of their month the other way; and the first of them, with when. */
  otherwise: { clients: number; first: string | null }
}

/** Writes what WHMCS is to be told of a month, one client after the other, each in a transaction of its own. */
export const pushMonth = async (parts: PushParts, record: MonthRecord, asked: Asked): Promise<PushResult> => {
  const result: PushResult = { queued: 0, before: 0, left: [], leftCount: 0, otherwise: { clients: 0, first: null } }
  const tell = await (asked.kind === 'usage' ? usageOf(parts, record, asked) : invoicesOf(parts, record, asked))
  for await (const bill of clientBills(parts, record.countId, asked)) {
    const { told, left, isOtherwise = false } = await tell(bill)
    if (told === 'queued') result.queued += 1
    if (told === 'before') result.before += 1
    if (left === undefined) continue
    if (isOtherwise) {
      result.otherwise.clients += 1
      result.otherwise.first ??= `${bill.name}: ${left}`
    }
    result.leftCount += 1
    if (result.left.length < MOST_LEFT) result.left.push(`${bill.name}: ${left}`)
  }
  return result
}

type ClientBill = { clientId: number; name: string; lines: LineRecord[] }
type Told = { told?: 'queued' | 'before'; left?: string; isOtherwise?: boolean }
type Tell = (bill: ClientBill) => Promise<Told>

/**
 * The lines of each client: those of the month, and the corrections, which stand after them in the count. For usage, also
 * those without any line whom WHMCS would otherwise go on charging what it was told of them last.
 */
async function* clientBills(parts: PushParts, countId: string, { kind, clientId }: Asked): AsyncGenerator<ClientBill> {
  const isMeant = (id: number) => clientId === undefined || clientId === id
  const seen = new Set<number>()
  for await (const page of parts.lines.all(countId))
    for (const { bill, client_id: id, name } of page) {
      if (id === null || seen.has(id) || !isMeant(id)) continue
      seen.add(id)
      const lines = await parts.lines.ofBill(countId, bill)
      if (lines.length === 0) throw problem('changed-meanwhile')
      yield { clientId: id, name, lines }
    }
  if (kind !== 'usage') return
  for (const id of await parts.pushes.withUsage())
    if (!seen.has(id) && isMeant(id)) yield { clientId: id, name: `Client ${id}`, lines: [] }
}

const sumOf = (lines: readonly LineRecord[], metric: Priced): bigint | null => {
  const own = lines.filter((line) => line.kind === 'usage' && line.metric === metric)
  if (own.some(({ quantity }) => quantity === null)) return null
  return own.reduce((sum, { quantity }) => sum + (quantity ?? 0n), 0n)
}

/** Why nobody can say that a client without a line used nothing; `null` when it is so. */
const noneUnknown = ({ clusters, to }: MonthRecord, at: Date): string | null => {
  const known = clusters.flatMap(({ storage, traffic }) => [storage, traffic])
  if (known.length === 0 || known.includes('unknown')) return said`its usage is not known`
  const isRunning = to > at
  return isRunning || known.every((each) => each === 'complete')
    ? null
    : said`nothing is known of its usage, and not all of the month is known`
}

const usageOf = async ({ pushes }: PushParts, record: MonthRecord, { by, at }: Asked): Promise<Tell> => {
  const hours = BigInt(averageHours(record, at))
  const unknown = noneUnknown(record, at)
  return async ({ clientId, lines }) => {
    const serviceId = (await pushes.services([clientId])).get(clientId)
    if (serviceId === undefined) return { left: said`no service at WHMCS is chosen for its usage` }
    if (unknown !== null && !lines.some(({ kind }) => kind === 'usage')) return { left: unknown }
    const [storage, egress] = [sumOf(lines, 'storage'), sumOf(lines, 'egress')]
    if (storage === null || egress === null) return { left: said`its usage is not known` }
    const usage = {
      serviceId,
      diskMegabytes: Number(roundHalfUp(storage, hours * MEGABYTE)),
      trafficMegabytes: Number(roundHalfUp(egress, MEGABYTE)),
    }
    const text = `Usage of ${record.month} (${record.timeZone}): ${usage.diskMegabytes} MB stored on average, ${usage.trafficMegabytes} MB out`
    return toldBy(await pushes.usage({ month: record.month, by, at }, { clientId, text, ...usage }))
  }
}

/** WHMCS would bill the month twice if it were told both ways. */
const toldBy = (handed: Handed): Told => {
  if ('told' in handed) return handed
  const { kind, at, by, month } = handed.other
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const left =
    kind === 'invoice'
      ? said`the draft of its invoice was handed to the queue on ${when} by ${by}`
      : month === undefined
        ? said`its usage was handed to the queue on ${when} by ${by}`
        : said`its usage of ${month} was handed to the queue on ${when} by ${by} and still stands at its service, which WHMCS charges; choose no service for it first`
  return { left, isOtherwise: true }
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
    const unknown = [...new Set(lines.flatMap(({ amount, metric }) => (amount === null ? metric : [])))].join(', ')
    const currency = priced[0]?.currency ?? null
    if (currency === null)
      return { left: unknown ? said`nothing to pay is known: ${unknown} not known` : said`there is nothing to pay` }
    if (priced.some((line) => line.currency !== currency)) return { left: said`its plans have different currencies` }
    const theirs = (await parts.currencies([clientId])).get(clientId) ?? null
    if (theirs === null) return { left: said`its currency at WHMCS is not known` }
    if (theirs !== currency) return { left: said`it pays in ${theirs}, and its plan is in ${currency}` }
    const sum = priced.reduce((all, { amount }) => all + (amount ?? 0n), 0n)
    if (sum <= 0n)
      return { left: said`its corrections leave nothing to pay: it comes to ${moneyText(sum, currency)} ${currency}` }
    const items = priced.map((line) => ({
      description: described(line, plans(line.of_month, line.plan_id)?.unit ?? 'GB'),
      amount: moneyText(line.amount ?? 0n, currency),
    }))
    const told = toldBy(await parts.pushes.invoice({ month: record.month, by, at }, { clientId, text, lines: items }))
    return { ...told, ...(told.told === 'queued' && unknown && { left: said`drafted without ${unknown}, not known` }) }
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
