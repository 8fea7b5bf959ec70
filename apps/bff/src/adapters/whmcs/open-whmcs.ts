import type { ClientService } from '@ostor-console/shared/clients'
import { said } from '@ostor-console/shared/said'
import * as z from 'zod'
import { clientTo, type Parameters, type WhmcsApi, type WhmcsClient, type WhmcsParts } from './client.ts'
import { badAnswer } from './failures.ts'
import { type Whmcs, WhmcsError } from './whmcs.ts'
import { listOf, phpArrayOf, Whole, WireClient, WireService, WireUsage } from './wire.ts'

const PAGE = 100
/** Whoever has more than this many pages is read no further. */
const MOST_PAGES = 100

const Done = z.object({})
const Version = z.object({ version: z.string() }).nullish().catch(null)
const AdminDetails = z.object({
  name: z.string().nullish(),
  allowedpermissions: z.string().nullish(),
  whmcs: Version,
})
const Details = z.object({ whmcs: Version })
const Clients = z.object({ totalresults: Whole, clients: listOf('client', WireClient) })
const OneClient = z.object({ client: WireClient })
const Services = z.object({ products: listOf('product', WireService) })
const Usages = z.object({ products: listOf('product', WireUsage) })
const Noted = z.object({ noteid: Whole })
const Activity = z.object({ activity: listOf('entry', z.object({ description: z.string() })) })
const Drafted = z.object({ invoiceid: Whole })
const Invoices = z.object({ invoices: listOf('invoice', z.object({ id: Whole, notes: z.string().nullish() })) })

const capital = (status: string): string => `${status.slice(0, 1).toUpperCase()}${status.slice(1)}`

/** Each page of a list, until one is not full. */
async function* pagesOf<T>(read: (start: number) => Promise<T[]>): AsyncGenerator<T[]> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const items = await read(page * PAGE)
    yield items
    if (items.length < PAGE) return
  }
}

const isRefused = (error: unknown): boolean => error instanceof WhmcsError && error.kind === 'action-refused'

const versionOf = async (client: WhmcsClient): Promise<string | null> => {
  try {
    return (await client.probe('WhmcsDetails', Details)).whmcs?.version ?? null
  } catch (error) {
    if (isRefused(error)) return null
    throw error
  }
}

/** Calls to the external API of one WHMCS, of version 8.0 or later. */
export const whmcsOf = (api: WhmcsApi, parts: WhmcsParts = {}): Whmcs => {
  const client = clientTo(api, parts)

  const listed = <T>(action: string, shape: z.ZodType<T[]>, parameters: Parameters): AsyncGenerator<T[]> =>
    pagesOf((limitstart) => client.ask(action, shape, { ...parameters, limitstart, limitnum: PAGE }))

  return {
    async describe() {
      const admin = await client.probe('GetAdminDetails', AdminDetails)
      const permissions = (admin.allowedpermissions ?? '').split(',').map((name) => name.trim())
      return {
        adminName: admin.name ?? '',
        version: admin.whmcs?.version ?? (await versionOf(client)),
        permissions: permissions.filter((name) => name !== ''),
      }
    },

    async clients({ search, status, start, count }) {
      const found = await client.ask('GetClients', Clients, {
        search: search === '' ? undefined : search,
        status: status && capital(status),
        limitstart: start,
        limitnum: count,
      })
      return { total: found.totalresults, items: found.clients }
    },

    async client(by) {
      const asked = 'id' in by ? { clientid: by.id } : { email: by.email }
      const { client: found } = await client.ask('GetClientsDetails', OneClient, asked)
      const isIt = 'id' in by ? found.id === by.id : found.email.toLowerCase() === by.email.toLowerCase()
      if (!isIt) throw badAnswer(said`WHMCS answered GetClientsDetails with another client than was asked for`)
      return found
    },

    async services(clientId) {
      const shape = Services.transform(({ products }) => products)
      const services: ClientService[] = []
      for await (const page of listed('GetClientsProducts', shape, { clientid: clientId })) services.push(...page)
      return services
    },

    async addNote(clientId, text) {
      return (await client.ask('AddClientNote', Noted, { userid: clientId, notes: text })).noteid
    },

    async logActivity(clientId, text) {
      await client.ask('LogActivity', Done, { clientid: clientId, description: text })
    },

    async hasActivity(clientId, text) {
      const shape = Activity.transform(({ activity }) => activity)
      for await (const entries of listed('GetActivityLog', shape, { clientid: clientId, description: text })) {
        if (entries.some(({ description }) => description.includes(text))) return true
      }
      return false
    },

    async setClientField(clientId, fieldId, value) {
      const customfields = phpArrayOf({ [fieldId]: value })
      await client.ask('UpdateClient', Done, { clientid: clientId, customfields, skipvalidation: true })
    },

    async setServiceUsage(serviceId, { diskMegabytes, trafficMegabytes }) {
      await client.ask('UpdateClientProduct', Done, {
        serviceid: serviceId,
        diskusage: diskMegabytes,
        bwusage: trafficMegabytes,
      })
    },

    async serviceUsage(clientId, serviceId) {
      const asked = { clientid: clientId, serviceid: serviceId }
      const { products } = await client.ask('GetClientsProducts', Usages, asked)
      const found = products.find(({ id }) => id === serviceId)
      return found ? { diskMegabytes: found.diskMegabytes, trafficMegabytes: found.trafficMegabytes } : null
    },

    async draftInvoice(clientId, { notes, lines }) {
      const items = lines.map(({ description, amount }, at) => ({
        [`itemdescription${at + 1}`]: description,
        [`itemamount${at + 1}`]: amount,
        [`itemtaxed${at + 1}`]: true as const,
      }))
      const parameters: Parameters = Object.assign({ userid: clientId, draft: true as const, notes }, ...items)
      return (await client.ask('CreateInvoice', Drafted, parameters)).invoiceid
    },

    async invoiceWith(clientId, text) {
      const shape = Invoices.transform(({ invoices }) => invoices)
      for await (const invoices of listed('GetInvoices', shape, { userid: clientId, orderby: 'id', order: 'desc' })) {
        const found = invoices.find(({ notes }) => notes?.includes(text))
        if (found) return found.id
      }
      return null
    },

    close: client.close,
  }
}
