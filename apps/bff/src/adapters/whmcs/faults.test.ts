import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { makeCertificates } from '../../../test/certificates.ts'
import { apiOf, openFakeWhmcs, startFakeWhmcs } from '../../../test/whmcs-world.ts'
import { Secret } from '../gateway/secret.ts'
import type { WhmcsApi } from './client.ts'
import { whmcsOf } from './open-whmcs.ts'
import type { WhmcsFailure } from './whmcs.ts'

type Fake = Awaited<ReturnType<typeof openFakeWhmcs>>
let fake: Fake

beforeAll(async () => {
  fake = await openFakeWhmcs()
})
afterAll(() => fake.close())
afterEach(async () => {
  fake.control.clearFaults()
  fake.control.clearCalls()
  fake.control.set({ secret: fake.secret, allowedIps: ['127.0.0.1'], isInMaintenance: false })
  await fake.up()
})

const adapter = (changes: Partial<WhmcsApi> = {}, openMs = 30_000) => {
  const whmcs = whmcsOf(apiOf(fake, changes), { openMs })
  onTestFinished(() => whmcs.close())
  return whmcs
}

type Given = Parameters<Fake['control']['addFault']>[0]

describe('D6: an answer that is none', () => {
  /** What is done of the note, and what is said of the call. */
  test.each<[string, Given, WhmcsFailure, RegExp, 0 | 1]>([
    ['an error page', { kind: 'html' }, 'bad-answer', /500 with something that is not JSON/, 0],
    ['an error page after it was done', { kind: 'html', isCarriedOut: true }, 'bad-answer', /500/, 1],
    ['the maintenance page', { kind: 'maintenance' }, 'bad-answer', /200 with something that is not JSON/, 0],
    ['a warning of PHP before the JSON', { kind: 'warning' }, 'bad-answer', /not JSON/, 1],
    ['an empty body', { kind: 'empty' }, 'bad-answer', /not JSON/, 1],
    ['half a body', { kind: 'half' }, 'bad-answer', /broke off/, 1],
    ['more than can be true', { kind: 'huge' }, 'bad-answer', /more than is ever read/, 1],
    ['JSON of another kind', { kind: 'body', body: '[]' }, 'bad-answer', /without saying how it went/, 1],
    ['a success without its number', { kind: 'body', body: '{"result":"success"}' }, 'bad-answer', /"noteid"/, 1],
    ['a redirect', { kind: 'redirect' }, 'bad-answer', /302, a redirect, which is not followed/, 0],
    ['a connection cut before', { kind: 'cut' }, 'transport', /closed the connection/, 0],
    ['a connection cut after', { kind: 'cut', isCarriedOut: true }, 'transport', /closed the connection/, 1],
    ['no answer in time', { kind: 'hang' }, 'timeout', /no whole answer within 0.3 s/, 0],
    ['no answer in time, but done', { kind: 'hang', isCarriedOut: true }, 'timeout', /no whole answer/, 1],
    ['an answer that is too slow', { kind: 'none', latencyMs: 600 }, 'timeout', /no whole answer/, 1],
  ])('%s: what became of the call is not known, and it is not sent again', async (_, fault, kind, message, done) => {
    const client = await fake.control.addClient({ email: `${crypto.randomUUID()}@x.example` })
    fake.control.addFault({ action: 'AddClientNote', ...fault })
    const lost = adapter({ timeoutMs: kind === 'timeout' ? 300 : 10_000 }).addNote(client, 'A note')
    await expect(lost).rejects.toMatchObject({ kind, outcomeUnknown: true, message: expect.stringMatching(message) })
    expect(fake.control.calls()).toHaveLength(1)
    const written = async () => expect(await fake.control.notes({ userid: client })).toHaveLength(done)
    await vi.waitFor(written, 10_000)
  })

  test('an answer that is said to be something else counts by what it is', async () => {
    fake.control.addFault({ kind: 'content-type' })
    expect(await adapter().addNote(1, 'A note')).toBeGreaterThan(0)
  })
})

test('a byte order mark before the answer is no part of it', async () => {
  fake.control.addFault({ kind: 'body', body: '\uFEFF{"result":"success","noteid":"7"}' })
  expect(await adapter().addNote(1, 'A note')).toBe(7)
})

describe('acceptance 9: a refusal', () => {
  test.each<[string, Partial<Parameters<Fake['control']['set']>[0]>, WhmcsFailure, string]>([
    ['wrong credentials', { secret: 'another' }, 'wrong-credentials', 'Authentication Failed'],
    ['an address that is not let in', { allowedIps: ['203.0.113.7'] }, 'address-refused', 'Invalid IP 127.0.0.1'],
    [
      'an action that the role lacks',
      { allowedActions: ['GetClients'] },
      'action-refused',
      'Invalid Permissions: API action "addclientnote" is not allowed',
    ],
  ])('%s is said as such, and nothing was done', async (_, settings, kind, said) => {
    const before = fake.control.set({})
    const { allowedActions } = { ...before }
    fake.control.set(settings)
    const refused = adapter().addNote(1, 'A note')
    const message = `WHMCS answered AddClientNote with: ${said}`
    await expect(refused).rejects.toMatchObject({ kind, message, outcomeUnknown: false })
    fake.control.set({ allowedActions })
  })

  test('the access key lets in from an address that is not on the list', async () => {
    fake.control.set({ allowedIps: [] })
    expect(await adapter({ accessKey: Secret.of(fake.accessKey) }).addNote(1, 'A note')).toBeGreaterThan(0)
  })

  test.each<[Given, WhmcsFailure]>([
    [{ kind: 'forbidden', message: 'Forbidden IP 203.0.113.7' }, 'address-refused'],
    [{ kind: 'error', message: 'Client ID Not Found' }, 'not-found'],
    [{ kind: 'error', message: 'You must provide a description' }, 'refused'],
    [{ kind: 'error', message: 'Something <b>new</b>\nand odd' }, 'refused'],
    [{ kind: 'body', body: '{"result":"error"}' }, 'refused'],
  ])('%j is told by its text, whatever the status', async (fault, kind) => {
    fake.control.addFault(fault)
    const error = await adapter()
      .logActivity(1, 'x')
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind, outcomeUnknown: false, message: expect.not.stringMatching(/[<\n]/) })
  })
})

describe('an outage', () => {
  test('nothing was done when nobody listens', async () => {
    await fake.down()
    const message = 'WHMCS did not answer AddClientNote: it refuses the connection'
    await expect(adapter().addNote(1, 'x')).rejects.toMatchObject({ kind: 'transport', message, outcomeUnknown: false })
  })

  test('after five calls to nobody it is left alone; asking who we are goes through, and ends that', async () => {
    const whmcs = adapter()
    await fake.down()
    const ask = () => whmcs.clients({ start: 0, count: 1 })
    for (let times = 0; times < 5; times += 1) await expect(ask()).rejects.toThrow('refuses the connection')
    await fake.up()
    const message = expect.stringContaining('is left alone for 30 s')
    await expect(ask()).rejects.toMatchObject({ kind: 'transport', message, outcomeUnknown: false })
    expect(fake.control.calls()).toEqual([])
    await whmcs.describe()
    await expect(ask()).resolves.toMatchObject({ total: expect.any(Number) })
  })

  test('after a while one call is let through', async () => {
    const whmcs = adapter({}, 50)
    await fake.down()
    const ask = () => whmcs.clients({ start: 0, count: 1 })
    for (let times = 0; times < 5; times += 1) await expect(ask()).rejects.toThrow('refuses the connection')
    await fake.up()
    await vi.waitFor(async () => expect(await ask()).toMatchObject({ total: expect.any(Number) }), 10_000)
  })

  test('refusals are answers, after which it goes on', async () => {
    fake.control.addFault({ kind: 'error', message: 'Client ID not found', times: 6 })
    const whmcs = adapter()
    for (let times = 0; times < 6; times += 1)
      await expect(whmcs.addNote(1, 'x')).rejects.toMatchObject({ kind: 'not-found' })
    expect(await whmcs.addNote(1, 'x')).toBeGreaterThan(0)
  })
})

test('a WHMCS whose certificate is not trusted is sent nothing', async () => {
  const { ours, key, good, otherCa } = await makeCertificates()
  const [right, wrong] = await Promise.all([
    startFakeWhmcs({ certificate: { key, cert: good } }),
    startFakeWhmcs({ certificate: { key, cert: otherCa } }),
  ])
  const [trusted, stranger] = [right, wrong].map((one) => whmcsOf(apiOf(one, { ca: ours })))
  expect(await trusted?.addNote(1, 'x')).toBeGreaterThan(0)
  const untrusted = { kind: 'transport', outcomeUnknown: false, message: expect.stringContaining('WHMCS_CA') }
  await expect(stranger?.addNote(1, 'x')).rejects.toMatchObject(untrusted)
  expect(wrong.control.calls()).toEqual([])
  await Promise.all([trusted?.close(), stranger?.close()])
})
