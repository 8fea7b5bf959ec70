import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { NOW } from '../../../test/billed-months.ts'
import { linked } from '../../../test/billed-world.ts'
import { apiOf, openFakeWhmcs } from '../../../test/whmcs-world.ts'
import { auditOf } from '../../adapters/store/audit.ts'
import { clustersOf } from '../../clusters.ts'
import type { WhmcsConfig } from '../../config-whmcs.ts'
import { whmcsBackground } from '../../whmcs-background.ts'
import { openWhmcs } from '../../whmcs-open.ts'

type Fake = Awaited<ReturnType<typeof openFakeWhmcs>>
let fake: Fake

beforeAll(async () => {
  fake = await openFakeWhmcs({ clients: 42 })
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.control.clearFaults()
  fake.control.clearCalls()
})

const CLIENT = 42
const DAY = 86_400_000
const SILENT = { info: () => {}, warn: () => {}, error: () => {} }
const TOLD = {
  usage: { message: 'usage.set', action: 'UpdateClientProduct' },
  invoice: { message: 'invoice.draft', action: 'CreateInvoice' },
} as const

/** October is closed, and client 42 has a service at WHMCS. */
const pushing = async (kind: keyof typeof TOLD) => {
  const serviceId = await fake.control.addService({ userid: CLIENT })
  const here = await linked()
  let ahead = 0
  const now = () => new Date(new Date(NOW).getTime() + ahead)
  const config: WhmcsConfig = {
    mode: 'append',
    api: apiOf(fake),
    database: null,
    addon: null,
    adminUrl: null,
    linkFieldId: null,
    syncIntervalMs: 365 * DAY,
    usagePush: 'product',
  }
  const whmcs = openWhmcs(config, { log: SILENT, now })
  const { store, cluster } = here
  const clusters = clustersOf([cluster])
  const telling = whmcsBackground({ config, whmcs, store, clusters, audit: auditOf(store), log: SILENT, now })
  onTestFinished(() => telling.stop())
  await here.admin('PUT', `/api/v1/billing/services/${CLIENT}`, { serviceId })
  await here.close('2026-10')
  const invoices = (await fake.control.invoices({ userid: CLIENT })).length
  return {
    ...here,
    /** Pushes once more, and lets a day pass in which WHMCS is told what there is to tell. */
    push: async () => {
      await here.push('2026-10', kind)
      for (let hour = 0; hour < 24; hour += 3) {
        await telling.round()
        ahead += DAY / 8
      }
    },
    states: async () => (await here.messages()).map((message) => `${message.kind} ${message.state}`),
    asked: () => fake.control.calls().filter(({ action }) => action === TOLD[kind].action).length,
    /** What lies there: the figures of the service, and drafts that came since. */
    there: async () => ({
      service: (await fake.control.services({ userid: CLIENT })).find(({ id }) => id === serviceId),
      drafts: (await fake.control.invoices({ userid: CLIENT })).slice(invoices),
    }),
  }
}

test('acceptance 16: the figures of a month arrive once, however often they are pushed', async () => {
  const { push, states, asked, there, messages } = await pushing('usage')
  for (let time = 0; time < 3; time += 1) await push()
  expect(await states()).toEqual(['usage.set done'])
  expect(asked()).toBe(1)
  const { diskMegabytes, trafficMegabytes } = JSON.parse((await messages())[0]?.payload ?? '')
  expect([diskMegabytes > 0, trafficMegabytes > 0]).toEqual([true, true])
  expect((await there()).service).toMatchObject({ diskusage: diskMegabytes, bwusage: trafficMegabytes })
})

test('acceptance 16: the draft of an invoice arrives once, however often it is pushed', async () => {
  const { push, states, asked, there, messages } = await pushing('invoice')
  for (let time = 0; time < 3; time += 1) await push()
  expect(await states()).toEqual(['invoice.draft done'])
  expect(asked()).toBe(1)
  const [invoice] = await messages()
  const { drafts } = await there()
  expect(drafts).toMatchObject([{ status: 'Draft', notes: expect.stringContaining(invoice?.marker ?? '?') }])
  const { lines } = JSON.parse(invoice?.payload ?? '')
  expect(JSON.parse(drafts[0]?.items ?? '')).toEqual(lines.map((line: object) => ({ ...line, taxed: true })))
})

describe.each(['usage', 'invoice'] as const)('%s', (kind) => {
  const { message, action } = TOLD[kind]

  test.each(['cut', 'html', 'half'] as const)(
    'whose reply is lost (%s) is found at WHMCS, and not sent again',
    async (fault) => {
      const { push, states, asked, there } = await pushing(kind)
      fake.control.addFault({ kind: fault, action, isCarriedOut: true, times: 1 })
      await push()
      await push()
      expect(await states()).toEqual([`${message} done`])
      expect(asked()).toBe(1)
      expect((await there()).drafts).toHaveLength(kind === 'invoice' ? 1 : 0)
    },
  )

  test('of which nobody knows whether it arrived is left to a person, and never sent twice', async () => {
    const { push, states, asked, there, messages, admin } = await pushing(kind)
    fake.control.addFault({ kind: 'html', status: 503, action, times: 1 })
    for (let time = 0; time < 3; time += 1) await push()
    expect(await states()).toEqual([`${message} unknown`])
    expect(asked()).toBe(1)
    expect(await there()).toMatchObject({ service: { diskusage: 0, bwusage: 0 }, drafts: [] })
    const attention = (await admin('GET', '/api/v1/whmcs/queue?show=attention')).json()
    expect(attention.items).toMatchObject([{ needsAttention: true }])

    // Somebody looked, and says that it is not there.
    const [{ id } = { id: '' }] = await messages()
    const said = { hasArrived: false, reason: 'looked there' }
    expect((await admin('POST', `/api/v1/whmcs/queue/${id}/settle`, said)).statusCode).toBe(200)
    await push()
    expect(await states()).toEqual([`${message} done`])
    expect(asked()).toBe(2)
  })
})
