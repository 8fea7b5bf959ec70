import type { BillingMonth, BillingMonthDetail, ClusterCoverage } from '@ostor-console/shared/billing'
import type { MonthState } from '@ostor-console/shared/bills'
import type { Coverage } from '@ostor-console/shared/coverage'
import { moneyText } from '@ostor-console/shared/money'
import { PRICED, type Priced } from '@ostor-console/shared/plans'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { LineStore, SumRow, Totals } from '../../adapters/store/billing-lines.ts'
import type { MonthRecord, MonthStore } from '../../adapters/store/billing-months.ts'
import { hoursOf, monthAfter, monthAt, monthStart } from './month.ts'

export type Calendar = { timeZone: string; records: MonthRecord[]; first: string | null; current: string; now: Date }
export type Placed = {
  month: string
  from: Date
  to: Date
  timeZone: string
  state: MonthState
  record: MonthRecord | null
}

const MOST_MONTHS = 60

/** Which months there are, as of now. */
export const calendarOf = async (months: MonthStore, now: Date): Promise<Calendar> => {
  const [timeZone, records, historyFrom] = await Promise.all([months.timeZone(), months.list(), months.historyFrom()])
  const begun = historyFrom ? monthAt(historyFrom, timeZone) : null
  const counted = records[0]?.month ?? null
  const first = begun && counted ? (begun < counted ? begun : counted) : (begun ?? counted)
  return { timeZone, records, first, current: monthAt(now, timeZone), now }
}

/** The newest first. */
export const namesIn = ({ first, current }: Calendar): string[] => {
  const names: string[] = []
  if (first === null) return names
  let month = current
  while (month >= first && names.length < MOST_MONTHS) {
    names.push(month)
    month = monthAfter(month, -1)
  }
  return names
}

/** Throws `month-not-found`. A month begins where a closed one ends, whatever the time zone is now. */
export const placeOf = (calendar: Calendar, month: string): Placed => {
  const { records, first, current, timeZone, now } = calendar
  if (first === null || month < first || month > current) throw problem('month-not-found')
  const find = (name: string) => records.find((each) => each.month === name) ?? null
  const record = find(month)
  if (record?.closedAt) return { ...record, state: 'closed', record }
  const [before, after] = [find(monthAfter(month, -1)), find(monthAfter(month))]
  const from = before?.closedAt ? before.to : monthStart(month, timeZone)
  const to = after?.closedAt ? after.from : monthStart(monthAfter(month), timeZone)
  const state = to > now ? 'running' : isEarlier(records, month) ? 'earlier' : 'open'
  return { month, from, to, timeZone, state, record }
}

const isEarlier = (records: readonly MonthRecord[], month: string): boolean => {
  const firstClosed = records.find(({ closedAt }) => closedAt !== null)
  return firstClosed !== undefined && month < firstClosed.month
}

/** Why a month cannot be closed, but for what is not known of it; `null` when it can. */
export const notYetOf = (calendar: Calendar, { month, state, to }: Placed, withoutPlan: bigint): string | null => {
  if (state === 'closed') return null
  if (state === 'running') return said`It ends on ${to.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
  const closed = calendar.records.filter(({ closedAt }) => closedAt !== null)
  if (state === 'earlier') return said`Billing began with ${closed[0]?.month ?? ''}.`
  const before = monthAfter(month, -1)
  if (closed.length > 0 && !closed.some((each) => each.month === before)) return said`Close ${before} first.`
  if (withoutPlan === 1n) return said`1 of its bills has no plan: give one to everybody.`
  return withoutPlan > 0n ? said`${withoutPlan} of its bills have no plan: give one to everybody.` : null
}

const HOUR_MS = 3_600_000

/** Over how many hours byte-hours are averaged: those of the month, and while it runs those that are known so far. */
export const averageHours = (
  of: { from: Date; to: Date; clusters: readonly Pick<ClusterCoverage, 'storageFrom' | 'storageTo'>[] },
  now: Date,
): number => {
  const { from, to, clusters } = of
  if (to <= now) return hoursOf(of)
  const starts = clusters.flatMap(({ storageFrom }) => (storageFrom === null ? [] : Date.parse(storageFrom)))
  const ends = clusters.flatMap(({ storageTo }) => (storageTo === null ? [] : Date.parse(storageTo)))
  const covered = Math.round((Math.max(from.getTime(), ...ends) - Math.min(to.getTime(), ...starts)) / HOUR_MS)
  return covered > 0 ? covered : hoursOf(of)
}

const worst = (all: readonly Coverage[]): Coverage => {
  if (all.every((each) => each === 'unknown')) return 'unknown'
  return all.every((each) => each === 'complete') ? 'complete' : 'partial'
}

export const coverageOf = ({ record }: Placed): Coverage =>
  worst((record?.clusters ?? []).flatMap(({ storage, traffic }) => [storage, traffic]))

const NONE: Totals = {
  bills: 0n,
  corrections: 0n,
  withoutPlan: 0n,
  counts: { storage: null, egress: null, put: null, get: null, list: null, other: null },
}

const viewOf = (calendar: Calendar, placed: Placed, totals: Totals, sums: readonly SumRow[]): BillingMonth => {
  const { month, from, to, timeZone, state, record } = placed
  return {
    month,
    from: from.toISOString(),
    to: to.toISOString(),
    hours: hoursOf(placed),
    timeZone,
    state,
    countedAt: record?.countedAt.toISOString() ?? null,
    coverage: coverageOf(placed),
    sums: sums.map(({ currency, amount, bills }) => ({
      currency,
      amount: amount === null || currency === null ? null : moneyText(amount, currency),
      bills: Number(bills),
    })),
    bills: Number(totals.bills),
    corrections: Number(totals.corrections),
    withoutPlan: Number(totals.withoutPlan),
    closedAt: record?.closedAt?.toISOString() ?? null,
    closedBy: record?.closedBy ?? null,
    sha256: record?.sha256 ?? null,
    notYet: notYetOf(calendar, placed, totals.withoutPlan),
  }
}

type Lines = Pick<LineStore, 'sums' | 'totals'>

export const readMonth = async (lines: Lines, calendar: Calendar, placed: Placed): Promise<BillingMonth> => {
  const [totals, sums] = await figuresOf(lines, placed)
  return viewOf(calendar, placed, totals, sums)
}

export const readDetail = async (
  lines: Lines,
  calendar: Calendar,
  placed: Placed,
  {
    nameOfCluster,
    ...others
  }: { nameOfCluster: (id: string) => string } & Pick<
    BillingMonthDetail,
    'push' | 'linksChanged' | 'handovers' | 'manifestSha256'
  >,
): Promise<BillingMonthDetail> => {
  const [totals, sums] = await figuresOf(lines, placed)
  const { record } = placed
  return {
    ...viewOf(calendar, placed, totals, sums),
    clusters: (record?.clusters ?? []).map((each) => ({ ...each, name: nameOfCluster(each.cluster) })),
    counts: countsText(unlessUnknown(totals.counts, placed)),
    averageHours: averageHours({ from: placed.from, to: placed.to, clusters: record?.clusters ?? [] }, calendar.now),
    ...others,
  }
}

/** Nothing that is not known counts as 0: of what no line has, where a cluster tells nothing of it. */
export const unlessUnknown = (
  counts: Record<Priced, bigint | null>,
  { record }: Pick<Placed, 'record'>,
): Record<Priced, bigint | null> => {
  const clusters = record?.clusters ?? []
  const isUnknown = (of: 'storage' | 'traffic') =>
    clusters.length === 0 || clusters.some((each) => each[of] === 'unknown')
  const [storage, traffic] = [isUnknown('storage'), isUnknown('traffic')]
  const known = { ...counts }
  for (const metric of PRICED)
    if (counts[metric] === 0n && (metric === 'storage' ? storage : traffic)) known[metric] = null
  return known
}

export const countsText = (counts: Record<Priced, bigint | null>): Record<Priced, string | null> => {
  const text = { storage: null, egress: null, put: null, get: null, list: null, other: null } as Record<
    Priced,
    string | null
  >
  for (const metric of PRICED) text[metric] = counts[metric]?.toString() ?? null
  return text
}

const figuresOf = async (lines: Lines, { record }: Placed): Promise<[Totals, SumRow[]]> =>
  record ? Promise.all([lines.totals(record.countId), lines.sums(record.countId)]) : [NONE, []]
