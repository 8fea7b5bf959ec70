import { Readable } from 'node:stream'
import { type BillingMonthDetail, billingRoutes } from '@ostor-console/shared/billing'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { FileRow } from '../../adapters/store/billing-files.ts'
import type { Handovers } from '../../adapters/store/billing-handovers.ts'
import type { InTurn } from '../../writing/turns.ts'
import { type CloseParts, closeMonth, fileRows } from './close.ts'
import { countMonth } from './count.ts'
import { calendarOf, namesIn, type Placed, placeOf, readDetail, readMonth } from './months.ts'
import { type PushParts, pushMonth } from './push.ts'

type Ports = CloseParts &
  PushParts & {
    audit: Pick<Audit, 'begin' | 'end' | 'record'>
    inTurn: InTurn
    handovers: Handovers
    emailOf: (user: { cluster: string; userId: string }) => Promise<string | null>
    csvLines: (pages: AsyncIterable<FileRow[]>) => AsyncGenerator<string>
    fileName: (month: string, file: 'csv' | 'parquet' | 'manifest') => string
    /** What WHMCS may be told. */
    mayPush: () => Promise<{ usage: boolean; invoices: boolean }>
  }

const LONG_MS = 3_600_000
const TYPES = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  manifest: 'application/json; charset=utf-8',
}

/** Months: counted, closed, handed out as files and told to WHMCS. */
export const billing: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { months, lines, pushes, audit, inTurn, now } = ports
  const calendar = () => calendarOf(months, now())
  const placed = async (month: string): Promise<Placed> => placeOf(await calendar(), month)
  const detail = async (month: string): Promise<BillingMonthDetail> => {
    const all = await calendar()
    const [may, pushed] = await Promise.all([ports.mayPush(), pushes.invoiced(month)])
    const of = placeOf(all, month)
    const { items, users: linksChanged } = await ports.handovers({ ...of, asOf: of.record?.closedAt ?? now() })
    const handovers = await Promise.all(
      items.map(async (each) => ({ ...each, at: each.at.toISOString(), email: await ports.emailOf(each) })),
    )
    const manifestSha256 = of.state === 'closed' ? await months.manifestSha256(month) : null
    const { nameOfCluster } = ports
    const push = { ...may, pushed }
    return readDetail(lines, all, of, { linksChanged, handovers, manifestSha256, push, nameOfCluster })
  }
  /** One after the other: two counts of a month would throw each other away. */
  const inBilling = <T>(work: () => Promise<T>): Promise<T> => inTurn('billing', work)

  app.route({
    ...billingRoutes.months,
    handler: async () => {
      const all = await calendar()
      const items = await Promise.all(namesIn(all).map((month) => readMonth(lines, all, placeOf(all, month))))
      return { timeZone: all.timeZone, items }
    },
  })

  app.route({ ...billingRoutes.month, handler: ({ params }) => detail(params.month) })

  app.route({
    ...billingRoutes.count,
    handlerTimeout: LONG_MS,
    handler: ({ params }) =>
      inBilling(async () => {
        const of = await placed(params.month)
        if (of.state === 'closed') throw problem('month-closed')
        await countMonth(ports.count, of)
        return detail(params.month)
      }),
  })

  app.route({
    ...billingRoutes.close,
    handlerTimeout: LONG_MS,
    handler: ({ params: { month }, body, actor, ip: address }) =>
      inBilling(async () => {
        if (body.confirmMonth !== month) throw problem('confirmation-wrong')
        const { state } = await placed(month)
        if (state === 'closed') throw problem('month-closed')
        const id = await audit.begin({ action: 'billing.close', target: month, actor, address })
        try {
          const { acceptIncomplete = false } = body
          await closeMonth(ports, month, { by: actor, acceptIncomplete })
        } catch (error) {
          await audit.end(id, { outcome: 'refused', detail: messageOf(error) })
          throw error
        }
        const closed = await detail(month)
        const sums = closed.sums.map(({ currency, amount }) => `${amount} ${currency ?? ''}`.trim()).join(', ')
        const hashes = { sha256: closed.sha256 ?? '', manifestSha256: closed.manifestSha256 ?? '' }
        const after = { bills: String(closed.bills), sums, ...hashes, coverage: closed.coverage }
        await audit.end(id, { outcome: 'done', after })
        return closed
      }),
  })

  app.route({
    ...billingRoutes.export,
    handlerTimeout: LONG_MS,
    handler: async ({ params: { month, file } }, reply) => {
      const { state, record } = await placed(month)
      const isClosed = state === 'closed'
      if (record === null || (!isClosed && file !== 'csv')) throw problem('month-not-closed')
      const name = isClosed ? ports.fileName(month, file) : `billing-${month}-not-closed.csv`
      reply.type(TYPES[file]).header('content-disposition', `attachment; filename="${name}"`)
      return Readable.from(isClosed ? months.file(month, file) : ports.csvLines(fileRows(ports, record)))
    },
  })

  app.route({
    ...billingRoutes.push,
    handlerTimeout: LONG_MS,
    handler: ({ params: { month }, body, actor, ip: address }) =>
      inBilling(async () => {
        const [{ record, state }, may] = await Promise.all([placed(month), ports.mayPush()])
        if (body.kind === 'usage' ? !may.usage : !may.invoices) throw problem('push-off', { detail: OFF[body.kind] })
        if (record === null || (body.kind === 'invoice' && state !== 'closed')) throw problem('month-not-closed')
        const after = { kind: body.kind, ...(body.clientId && { clientId: String(body.clientId) }) }
        const id = await audit.begin({ action: 'billing.push', target: month, after, actor, address })
        const result = await pushMonth(ports, record, { ...body, by: actor, at: now() }).catch(
          async (error: unknown) => {
            await audit.end(id, {
              outcome: 'unknown',
              detail: `${said`Some may be in the queue`}: ${messageOf(error)}`,
            })
            throw error
          },
        )
        const { otherwise, ...told } = result
        if (told.queued + told.before === 0 && otherwise.first !== null) {
          const more = otherwise.clients - 1
          const others =
            more === 0
              ? ''
              : ` ${more === 1 ? said`1 more client was told that way.` : said`${more} more clients were told that way.`}`
          const reason = `${otherwise.first}.${others} ${said`Told both ways, WHMCS would bill the month twice.`}`
          await audit.end(id, { outcome: 'refused', detail: reason })
          throw problem('pushed-otherwise', { detail: reason })
        }
        const figures = { queued: String(told.queued), before: String(told.before) }
        await audit.end(id, { outcome: 'done', after: { ...after, ...figures } })
        return told
      }),
  })

  app.route({
    ...billingRoutes.service,
    handler: async ({ params: { clientId }, body: { serviceId }, actor, ip: address }, reply) => {
      const before = (await pushes.services([clientId])).get(clientId) ?? null
      const isEnded = await pushes.setService(clientId, serviceId, now())
      await audit.record({
        action: 'billing.service',
        target: `client ${clientId}`,
        before: textOf(before),
        after: { ...textOf(serviceId), ...(isEnded && { toldZero: textOf(before).service }) },
        outcome: 'done',
        actor,
        address,
      })
      return reply.code(204).send()
    },
  })

  app.route({
    ...billingRoutes.settings,
    handler: async ({ body: { timeZone }, actor, ip: address }) => {
      const before = { timeZone: await months.timeZone() }
      await months.setTimeZone(timeZone)
      const entry = { action: 'billing.time-zone', target: timeZone, outcome: 'done' } as const
      await audit.record({ ...entry, before, after: { timeZone }, actor, address })
      return { timeZone }
    },
  })
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : said`It failed`)

const textOf = (id: number | null) => ({ service: id === null ? 'none' : String(id) })

const OFF = {
  usage: said`WHMCS_USAGE_PUSH is not "product", or WHMCS is off.`,
  invoice: said`WHMCS is off.`,
}
