import { type Bill, billsRoutes } from '@ostor-console/shared/bills'
import { moneyText } from '@ostor-console/shared/money'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Evidence } from '../../adapters/store/billing-evidence.ts'
import type { BillRow, LineRecord, LineStore } from '../../adapters/store/billing-lines.ts'
import type { MonthRecord, MonthStore } from '../../adapters/store/billing-months.ts'
import type { PushStore } from '../../adapters/store/billing-pushes.ts'
import { plansFor } from './close.ts'
import { together } from './evidence.ts'
import { calendarOf, countsText, type Placed, placeOf, unlessUnknown } from './months.ts'
import { viewOf } from './priced.ts'

type Ports = {
  months: MonthStore
  lines: LineStore
  pushes: PushStore
  evidence: Evidence
  nameOfCluster: (id: string) => string
  emailOf: (user: { cluster: string; userId: string }) => Promise<string | null>
  now: () => Date
}

const ROWS = 50
const HOUR_MS = 3_600_000

/** What each client, or user without one, has to pay for a month, and what lies under it. */
export const bills: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { months, lines, pushes, evidence, nameOfCluster, emailOf, now } = ports
  const counted = async (month: string): Promise<{ placed: Placed; record: MonthRecord | null }> => {
    const placed = placeOf(await calendarOf(months, now()), month)
    return { placed, record: placed.record }
  }
  /** Throws `bill-not-found`. */
  const found = async (params: { month: string; bill: string }) => {
    const { placed, record } = await counted(params.month)
    const own = record ? await lines.ofBill(record.countId, params.bill) : []
    const first = own[0]
    if (record === null || !first) throw problem('bill-not-found')
    return { placed, record, own, first, users: await lines.usersOf(record.countId, params.bill) }
  }

  app.route({
    ...billsRoutes.bills,
    handler: async ({ params, query }) => {
      const { record, placed } = await counted(params.month)
      const { page = 1, pageSize = ROWS, search, sort = 'amount' } = query
      if (record === null) return { items: [], page, pageSize, matching: 0 }
      const { items, matching } = await lines.bills(record.countId, { search, sort, page, pageSize })
      return { items: items.map((row) => billOf(row, placed)), page, pageSize, matching }
    },
  })

  app.route({
    ...billsRoutes.bill,
    handler: async ({ params }) => {
      const { placed, record, own, first, users } = await found(params)
      const plans = await plansFor(months, record)
      const { client_id: clientId, name } = first
      const pushed = clientId === null ? [] : await pushes.ofMonth(params.month, clientId)
      const services = clientId === null ? null : await pushes.services([clientId])
      return {
        id: params.bill,
        month: params.month,
        state: placed.state,
        clientId,
        name,
        sums: sumsOf(own),
        lines: own.map((line) => viewOf(line, plans(line.of_month, line.plan_id))),
        users: await Promise.all(
          users.map(async (user) => ({
            ...user,
            clusterName: nameOfCluster(user.cluster),
            email: await emailOf(user),
          })),
        ),
        pushed: pushed.map(({ kind, at, by, messageId }) => ({ kind, at: at.toISOString(), by, messageId })),
        serviceId: services?.get(clientId ?? 0) ?? null,
      }
    },
  })

  /** What a line is about. Throws `bill-not-found`. */
  const lineOf = async (params: { month: string; bill: string }, lineNo: number) => {
    const { placed, record, own } = await found(params)
    const line = own.find(({ line_no }) => line_no === BigInt(lineNo))
    if (!line) throw problem('bill-not-found')
    const { metric, of_month: ofMonth, plan_id: planId } = line
    const { from, to } = ofMonth === params.month ? placed : placeOf(await calendarOf(months, now()), ofMonth)
    const under = { countId: record.countId, bill: params.bill, planId, ofMonth, month: params.month }
    return { metric, under, range: { from, to }, clusters: await evidence.clusters(under) }
  }

  app.route({
    ...billsRoutes.hours,
    handler: async ({ params, query }) => {
      const { metric, under, range, clusters } = await lineOf(params, query.line)
      const each = clusters.map((cluster) => evidence.hours(metric, { ...under, cluster }, range))
      return { hours: together(await Promise.all(each), range) }
    },
  })

  app.route({
    ...billsRoutes.objects,
    handler: async ({ params, query }) => {
      const { metric, under, range, clusters } = await lineOf(params, query.line)
      const from = new Date(query.at)
      const to = new Date(from.getTime() + (query.hours ?? 1) * HOUR_MS)
      if (from < range.from || to > range.to || from.getTime() % HOUR_MS !== 0) {
        const errors = [{ pointer: '/query/at', code: 'no_hour_of_month', detail: said`must be an hour of the month` }]
        throw problem('request-invalid', { errors })
      }
      const each = clusters.map((cluster) => evidence.objects(metric, { ...under, cluster }, { from, to }))
      const some = (await Promise.all(each)).flat()
      const items = some.map((one) => ({
        ...one,
        clusterName: nameOfCluster(one.cluster),
        at: one.at.toISOString(),
        count: String(one.count),
      }))
      return { items: items.slice(0, 1000) }
    },
  })
}

const billOf = (row: BillRow, placed: Placed): Bill => ({
  id: row.bill,
  clientId: row.client_id,
  cluster: row.cluster_id,
  userId: row.user_id,
  name: row.name,
  currency: row.currency,
  amount: row.amount === null || row.currency === null ? null : moneyText(row.amount, row.currency),
  coverage: row.coverage,
  counts: countsText(row.usages > 0n ? row : unlessUnknown(row, placed)),
  corrections: Number(row.corrections),
})

const sumsOf = (own: readonly LineRecord[]) => {
  const sums = new Map<string, bigint | null>()
  for (const { currency, amount } of own) {
    if (currency === null) continue
    const before = sums.get(currency) ?? null
    sums.set(currency, amount === null ? before : (before ?? 0n) + amount)
  }
  return [...sums].map(([currency, amount]) => ({
    currency,
    amount: amount === null ? null : moneyText(amount, currency),
  }))
}
