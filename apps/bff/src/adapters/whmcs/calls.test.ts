import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { apiOf, openFakeWhmcs } from '../../../test/whmcs-world.ts'
import { Secret } from '../gateway/secret.ts'
import type { WhmcsApi } from './client.ts'
import { whmcsOf } from './open-whmcs.ts'

type Fake = Awaited<ReturnType<typeof openFakeWhmcs>>
let fake: Fake

beforeAll(async () => {
  fake = await openFakeWhmcs({ clients: 130 })
})
afterAll(() => fake.close())
afterEach(() => fake.control.clearCalls())

const adapter = (changes: Partial<WhmcsApi> = {}) => {
  const whmcs = whmcsOf(apiOf(fake, changes))
  onTestFinished(() => whmcs.close())
  return whmcs
}

/** Each call is tried with WHMCS as its samples show it, and with everything odd that they show elsewhere. */
const FORMS = [
  ['as in its samples', { numbersAsText: false, emptyLists: 'list', outcomeName: 'result', errorStatus: 200 }],
  ['with its odd forms', { numbersAsText: true, emptyLists: 'text', outcomeName: 'status', errorStatus: 403 }],
] as const

describe.each(FORMS)('each call, %s', (_words, form) => {
  beforeEach(() => {
    fake.control.set(form)
  })

  test('who the credential is', async () => {
    const described = await adapter().describe()
    expect(described).toMatchObject({ adminName: 'Storage Console', version: '8.13.1' })
    expect(described.permissions).toContain('API Access')
  })

  test('clients by how a name begins, page by page', async () => {
    const whmcs = adapter()
    const all = await whmcs.clients({ start: 0, count: 50 })
    expect(all).toMatchObject({ total: 130, items: { length: 50 } })
    const rest = await whmcs.clients({ start: 100, count: 50 })
    expect(rest.items.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, at) => at + 101))
    expect(await whmcs.clients({ search: 'nobody is called so', start: 0, count: 50 })).toEqual({ total: 0, items: [] })
    const closed = await whmcs.clients({ status: 'closed', start: 0, count: 50 })
    expect(new Set(closed.items.map(({ status }) => status))).toEqual(new Set(['closed']))
    const id = await fake.control.addClient({ email: 'zo@x.example', firstname: 'Zoltán', lastname: 'O’Hara 100%_' })
    const found = await whmcs.clients({ search: 'Zoltán O’Hara 100%_', start: 0, count: 50 })
    expect(found.items.map((client) => client.id)).toEqual([id])
    await fake.control.removeClient({ id })
  })

  test('one client by number and by e-mail', async () => {
    const whmcs = adapter()
    const id = await fake.control.addClient({ email: 'eva@x.example', firstname: 'Eva', currency: 2, status: 'Odd' })
    const eva = { id, name: 'Eva Client', company: '', email: 'eva@x.example', status: 'unknown', currency: 'EUR' }
    expect(await whmcs.client({ id })).toEqual(eva)
    expect(await whmcs.client({ email: 'EVA@x.example' })).toEqual(eva)
    await fake.control.removeClient({ id })
    await expect(whmcs.client({ id })).rejects.toMatchObject({ kind: 'not-found', outcomeUnknown: false })
  })

  test('all services of a client without their passwords', async () => {
    const id = await fake.control.addClient({ email: 'many@x.example' })
    await fake.control.addService({ userid: id, name: 'First', domain: 'a.example', nextduedate: '0000-00-00' })
    for (let at = 0; at < 120; at += 1) await fake.control.addService({ userid: id, status: 'Suspended' })
    const services = await adapter().services(id)
    expect(services).toHaveLength(121)
    expect(services[0]).toEqual({
      id: expect.any(Number),
      product: 'First',
      group: 'Storage',
      domain: 'a.example',
      status: 'Active',
      nextDueDate: null,
    })
    expect(services[1]).toMatchObject({ status: 'Suspended', nextDueDate: '2027-01-15' })
    expect(JSON.stringify(services)).not.toContain('password')
    await fake.control.removeClient({ id })
    expect(await adapter().services(id)).toEqual([])
  })

  test('a note, whose number is what is handed back', async () => {
    const text = 'Access key: abc\nLine two, 100% "quoted" & ünïcode\n[ostor-dash:k:01JD3Z9W6X8Q4T2V7N5M0B1C2D]'
    const id = await adapter().addNote(3, text)
    expect(await fake.control.notes({ userid: 3 })).toContainEqual(
      expect.objectContaining({ id, userid: 3, note: text, sticky: 0 }),
    )
    await expect(adapter().addNote(99_999, text)).rejects.toMatchObject({ kind: 'not-found', outcomeUnknown: false })
    await expect(adapter().addNote(3, '')).rejects.toMatchObject({ kind: 'refused', outcomeUnknown: false })
  })

  test('an entry in the log of a client, and whether it is there', async () => {
    const whmcs = adapter()
    const text = `[ostor-dash:l:${form.outcomeName === 'result' ? '01JD3Z9W6X8Q4T2V7N5M0B1C2D' : '01JD3Z9W6X8Q4T2V7N5M0B1C2E'}]`
    expect(await whmcs.hasActivity(4, text)).toBe(false)
    await whmcs.logActivity(4, `Limits were set ${text}`)
    expect(await whmcs.hasActivity(4, text)).toBe(true)
    expect(await whmcs.hasActivity(5, text)).toBe(false)
  })

  test('a custom field of a client, which leaves the others', async () => {
    const id = await fake.control.addClient({ email: 'field@x.example' })
    await adapter().setClientField(id, 3, 'it stays')
    await adapter().setClientField(id, 5, 'ca55631f9f3d59dc "ü"; x')
    expect(await fake.control.fields({ userid: id })).toEqual([
      { fieldid: 3, value: 'it stays' },
      { fieldid: 5, value: 'ca55631f9f3d59dc "ü"; x' },
    ])
    await fake.control.removeClient({ id })
  })

  test('the usage of a service, which may be set again', async () => {
    const id = await fake.control.addService({ userid: 1 })
    const usage = { diskMegabytes: 512_400, trafficMegabytes: 0 }
    for (let times = 0; times < 2; times += 1) await adapter().setServiceUsage(id, usage)
    expect((await fake.control.services({ userid: 1 })).find((service) => service.id === id)).toMatchObject({
      diskusage: 512_400,
      bwusage: 0,
    })
    await expect(adapter().setServiceUsage(9_999_999, usage)).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('a draft of an invoice, which is found by its marker again', async () => {
    const marker = `[ostor-dash:i:${form.outcomeName === 'result' ? '01JD3Z9W6X8Q4T2V7N5M0B1C2D' : '01JD3Z9W6X8Q4T2V7N5M0B1C2E'}]`
    const whmcs = adapter()
    expect(await whmcs.invoiceWith(2, marker)).toBeNull()
    const lines = Array.from({ length: 12 }, (_, at) => ({ description: `Line ${at + 1}`, amount: '5.12' }))
    const id = await whmcs.draftInvoice(2, { notes: `November ${marker}`, lines })
    expect(await whmcs.invoiceWith(2, marker)).toBe(id)
    expect(await whmcs.invoiceWith(1, marker)).toBeNull()
    const invoice = (await fake.control.invoices({ userid: 2 })).find((one) => one.id === id)
    expect(invoice).toMatchObject({ status: 'Draft', total: '61.44' })
    expect(JSON.parse(invoice?.items ?? '')[11]).toEqual({ description: 'Line 12', amount: '5.12', taxed: true })
  })
})

describe('what is sent', () => {
  test('D5: acceptance 15: an address with a plus, quotes, an ampersand and letters beyond ASCII is found, and no other', async () => {
    const email = 'jörg+s3&a="%o\'neil"@büro.example'
    const id = await fake.control.addClient({ email, firstname: 'Jörg' })
    await fake.control.addClient({ email: email.replace('+', ' ') })
    expect(await adapter().client({ email })).toMatchObject({ id, email })
    expect((await adapter().clients({ search: email, start: 0, count: 10 })).items).toMatchObject([{ id, email }])
    await adapter().addNote(id, email)
    expect(await fake.control.notes({ userid: id })).toMatchObject([{ note: email }])
  })

  test('an answer about another client than was asked for is not taken', async () => {
    await fake.control.addClient({ email: 'muller@x.example' })
    // The database of WHMCS may take both for the same.
    await expect(adapter().client({ email: 'müller@x.example' })).rejects.toMatchObject({ kind: 'bad-answer' })
  })

  test('D8: nothing stands in the address, the host has its port, and what is not set is left out', async () => {
    await adapter({ accessKey: Secret.of(fake.accessKey) }).clients({ start: 0, count: 1 })
    const [call] = fake.control.calls()
    expect(call).toMatchObject({ method: 'POST', url: '/includes/api.php', outcome: 'done' })
    expect(call?.headers['host']).toBe(new URL(fake.url).host)
    expect(call?.parameters).toEqual({
      identifier: fake.identifier,
      secret: fake.secret,
      accesskey: fake.accessKey,
      action: 'GetClients',
      responsetype: 'json',
      limitstart: '0',
      limitnum: '1',
    })
  })

  test('no more calls are under way, and no more go in a second, than the settings allow', async () => {
    fake.control.addFault({ kind: 'none', latencyMs: 30 })
    const whmcs = adapter({ maxParallel: 2, maxPerSecond: 40 })
    await Promise.all(Array.from({ length: 12 }, () => whmcs.clients({ start: 0, count: 1 })))
    const calls = fake.control.calls()
    fake.control.clearFaults()
    expect(calls).toHaveLength(12)
    expect(Math.max(...calls.map(({ underWay }) => underWay))).toBeLessThanOrEqual(2)
    expect((calls.at(-1)?.atMs ?? 0) - (calls[0]?.atMs ?? 0)).toBeGreaterThanOrEqual((11 * 1000) / 40 - 30)
  })

  test('the log and what is thrown hold neither secrets nor what was sent', async () => {
    const lines: string[] = []
    const warn = (fields: object, message: string): void =>
      void lines.push(`${inspect(fields, { depth: 9 })} ${message}`)
    const whmcs = whmcsOf(apiOf(fake), { log: { warn } })
    fake.control.addFault({ kind: 'error', message: `Wrong secret ${fake.secret}`, nth: 2, times: 1 })
    await whmcs.addNote(1, 'canary in a note')
    const error: unknown = await whmcs.addNote(1, 'canary in a note').catch((thrown: unknown) => thrown)
    await whmcs.close()
    fake.control.clearFaults()
    expect(lines).toHaveLength(1)
    expect(lines.join('\n') + inspect(error, { depth: 9 })).not.toMatch(new RegExp(`canary|${fake.secret}`))
  })
})
