import type { NewAccessKey } from '@ostor-console/shared/keys'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { queueToFake } from '../test/queue-to-fake.ts'
import { whmcsDesk } from '../test/whmcs-desk.ts'
import { installProcedures } from '../test/whmcs-procedures.ts'
import { mariadbUrl, openFakeWhmcs } from '../test/whmcs-world.ts'
import { messagePullOf } from './adapters/store/message-pull.ts'
import type { WhmcsDatabase } from './adapters/whmcs/notes.ts'

let fake: Awaited<ReturnType<typeof openFakeWhmcs>>
let database: WhmcsDatabase

beforeAll(async () => {
  fake = await openFakeWhmcs({ clients: 3 })
  database = await installProcedures(mariadbUrl(), fake.database)
})
afterAll(() => fake.close())
beforeEach(async () => {
  await fake.up()
  fake.control.clearFaults()
  fake.control.clearCalls()
  for (const { id } of await fake.control.notes()) await fake.control.removeNote({ id })
})

const MINUTE = 60_000
const written = () => fake.control.calls().filter(({ action }) => action === 'AddClientNote')

describe('WHMCS is told', () => {
  test('acceptance 1: of a key that was made while it was down, once it is back, without its secret', async () => {
    const here = await whmcsDesk(fake, 'append')
    await fake.down()
    const made = await here.ask<NewAccessKey>('POST', `/users/${here.linked.id}/keys`)
    here.handOver(made)
    expect(made).toMatchObject({ status: 201, body: { secret: expect.any(String) } })
    expect(here.user(1).keys.map(({ id }) => id)).toContain(made.body.id)
    await here.tell()
    expect(await here.queue()).toMatchObject([{ kind: 'note.add', state: 'queued', attempts: 1, clientId: 1 }])
    expect(await here.status()).toMatchObject({ state: 'unreachable', queue: { waiting: 1, needsAttention: 0 } })

    await fake.up()
    here.later(MINUTE)
    await here.tell()
    await here.tell()
    const [message] = await here.queue()
    expect(await here.notes()).toEqual([message?.text])
    expect(message?.text).toContain(made.body.id)
    const everything = JSON.stringify([
      message,
      await here.notes(),
      fake.control.calls(),
      await fake.control.activity(),
    ])
    for (const { secret } of here.oracle.users().flatMap(({ keys }) => keys)) expect(everything).not.toContain(secret)
    expect(await here.status()).toMatchObject({ mode: 'append', state: 'ok', queue: { waiting: 0, oldestAt: null } })
  })

  test('acceptance 2: with one note where the database can be asked, after the connection was cut behind the commit', async () => {
    const here = await whmcsDesk(fake, 'database', database)
    const made = await here.ask<NewAccessKey>('POST', `/users/${here.linked.id}/keys`)
    here.handOver(made)
    fake.control.addFault({ kind: 'cut', isCarriedOut: true, action: 'AddClientNote', times: 1 })
    await here.tell()
    expect(await here.queue()).toMatchObject([{ state: 'queued', attempts: 1 }])
    here.later(MINUTE)
    await here.tell()
    expect(await here.queue()).toMatchObject([{ state: 'done', attempts: 2 }])
    expect(await here.notes()).toHaveLength(1)
    expect(written()).toHaveLength(1)
  })

  test('of what a process left behind in the middle of it, once it is known what became of it', async () => {
    const here = await whmcsDesk(fake, 'database', database)
    const lost = {
      action: 'user.create',
      target: 'new@example.com',
      after: { email: 'new@example.com', clientId: '2' },
    } as const
    await here.leave(lost)
    const { id: userId, key } = await here.gateway.createUser('new@example.com')
    here.later(2 * MINUTE)
    await here.round()
    here.later(2 * MINUTE)
    await here.round()
    await here.tell()
    const notes = await here.notes(2)
    expect(notes).toHaveLength(2)
    expect(notes.join('\n')).toContain(`S3 user: ${userId}`)
    expect(notes[1]).toContain(`Access key ID: ${key?.id}`)

    // Of a key nobody has the secret of, there is nothing to tell: the console revokes it.
    const { id, email } = here.linked
    const known = here.linked.keys.map((each) => each.id)
    await here.leave({ action: 'key.create', target: email, userId: id, before: { keyIds: known.join(', ') } })
    await here.gateway.generateKey(email, known)
    for (let n = 0; n < 3; n += 1) {
      here.later(80_000)
      await here.round()
    }
    await here.tell()
    expect(here.user(1).keys.map((each) => each.id)).toEqual(known)
    expect(await here.notes(1)).toEqual([])
  })

  test('D1: of what goes, by our marker alone: each note that bears it, nothing else of the client, and nothing without one', async () => {
    const here = await queueToFake(fake, { mode: 'database', database })
    const human = 'Ticket 881: customer asked about u1 and key1, refund agreed'
    await fake.control.addNote({ userid: 1, note: human })
    await fake.control.addNote({ userid: 1, note: '' })
    const [id] = await here.tell(here.note(1, 'key1'), here.note(1, 'key2'), here.note(2, 'key1'))
    await here.round()
    const { marker, text } = await here.find(id)
    await fake.control.addNote({ userid: 1, note: text })
    await fake.control.addNote({ userid: 2, note: text })
    const left = async () => (await here.notes()).map((note) => [note.clientId, note.text.split('\n')[0]])
    const OTHERS = [
      [1, human],
      [1, ''],
      [1, 'Access key ID: key2'],
      [2, 'Access key ID: key1'],
      [2, 'Access key ID: key1'],
    ]
    const removal = { kind: 'note.delete', clientId: 1, text: 'revoked', keyId: 'key1' } as const
    await here.tell({ ...removal, marker: marker ?? '' })
    await here.round()
    expect(await left()).toEqual(OTHERS)
    // Where a marker got lost, one more note says it, and nothing goes.
    for (const lost of [{}, { marker: '' }, { marker: '%' }]) {
      await here.tell({ ...removal, ...lost })
      await here.round()
      here.later(MINUTE)
    }
    expect((await left()).slice(0, OTHERS.length)).toEqual(OTHERS)
  })

  test('acceptance 5: a note of a person survives that quotes key and user, when both go', async () => {
    const here = await whmcsDesk(fake, 'database', database)
    const { id, email } = here.linked
    const made = await here.ask<NewAccessKey>('POST', `/users/${id}/keys`)
    here.handOver(made)
    await here.tell()
    const human = `Ticket 881: customer asked about ${id} and ${made.body.id}, refund agreed`
    await fake.control.addNote({ userid: 1, note: human })
    expect(await here.notes()).toHaveLength(2)
    expect((await here.ask('DELETE', `/users/${id}/keys/${made.body.id}`, { acceptLastKey: false })).status).toBe(204)
    await here.tell()
    expect(await here.notes()).toEqual([human])
    expect((await here.ask('DELETE', `/users/${id}`, { confirmEmail: email })).status).toBe(204)
    await here.tell()
    expect(await here.notes()).toEqual([human])
    expect((await fake.control.activity({ userid: 1 })).at(-1)?.description).toContain(`S3 user ${id} was deleted.`)
  })

  test('acceptance 8: again once a wrong credential is put right, without a restart', async () => {
    const here = await whmcsDesk(fake, 'append')
    const { secret } = fake.control.set({})
    fake.control.set({ secret: 'another-secret' })
    here.handOver(await here.ask('POST', `/users/${here.linked.id}/keys`))
    await here.tell()
    here.later(MINUTE)
    await here.tell()
    expect(written()).toHaveLength(1)
    expect(await here.status()).toMatchObject({
      state: 'wrong-credentials',
      detail: expect.stringContaining('Nothing is sent until somebody resumes'),
      queue: { waiting: 1, needsAttention: 1 },
    })
    fake.control.set({ secret })
    await here.about('POST', '/whmcs/queue/resume', {})
    await here.tell()
    expect(await here.notes()).toHaveLength(1)
    expect(await here.status()).toMatchObject({ state: 'ok', detail: null, queue: { waiting: 0 } })
  })

  test('by its addon, once that is there, of what the mode before could not deliver, and not of what was refused for itself', async () => {
    const here = await whmcsDesk(fake, 'append')
    fake.control.set({ allowedIps: [] })
    onTestFinished(() => void fake.control.set({ allowedIps: ['127.0.0.1'] }))
    here.handOver(await here.ask('POST', `/users/${here.linked.id}/keys`))
    await here.tell()
    expect(await here.queue()).toMatchObject([{ state: 'blocked' }])
    const pull = messagePullOf(here.store, { now: here.now })
    await here.beginAsAddon()
    const [taken, ...more] = await pull.take()
    expect([taken?.text, more]).toEqual([expect.stringContaining('Access key ID: '), []])

    // What is refused for itself stays so, and is tried again by a person only.
    await pull.settle(taken?.id ?? '', { is: 'refused', detail: 'Client ID not found' })
    await here.beginAsAddon()
    expect(await pull.take()).toEqual([])
  })

  test('W1: with the secret in the mode compat alone, which stands in the audit as somebody’s decision', async () => {
    const here = await whmcsDesk(fake, 'compat', database)
    const made = await here.ask<NewAccessKey>('POST', `/users/${here.linked.id}/keys`)
    here.handOver(made)
    await here.tell()
    const [note] = await here.notes()
    expect(note?.split('\n').slice(0, 3)).toEqual([
      `UserId: ${here.linked.id}`,
      `AWSAccessKeyId: ${made.body.id}`,
      `AWSSecretAccessKey: ${made.body.secret}`,
    ])
    const { items } = (await here.ask<{ items: object[] }>('GET', '/audit?action=whmcs.mode')).body
    expect(items).toMatchObject([{ before: { mode: 'off' }, after: { mode: 'compat' }, actor: 'settings' }])
    // And it goes with the key.
    await here.ask('DELETE', `/users/${here.linked.id}/keys/${made.body.id}`, { acceptLastKey: false })
    await here.tell()
    expect(await here.notes()).toEqual([])
  })
})

describe('people decide', () => {
  test('to try again, to cancel with a reason, and whether something had arrived, each of which the audit says', async () => {
    const here = await whmcsDesk(fake, 'append')
    await fake.down()
    here.handOver(await here.ask('POST', `/users/${here.linked.id}/keys`))
    await here.tell()
    const [{ id } = { id: '' }] = await here.queue('undelivered')
    expect(await here.about('POST', `/whmcs/queue/${id}/retry`, {})).toMatchObject({
      state: 'queued',
      clientName: expect.any(String),
    })
    const without = await here.admin('POST', `/api/v1/whmcs/queue/${id}/cancel`, { reason: ' ' })
    expect(without.statusCode).toBe(400)
    await here.about('POST', `/whmcs/queue/${id}/cancel`, { reason: 'told by telephone' })
    expect(await here.queue('ended')).toMatchObject([
      { state: 'cancelled', reason: 'told by telephone', decidedBy: 'admin@example.com' },
    ])
    const over = await here.admin('POST', `/api/v1/whmcs/queue/${id}/settle`, { hasArrived: true, reason: 'seen' })
    expect(over.json()).toMatchObject({ type: '/problems/message-moved-on', detail: 'It is cancelled' })
    await fake.up()
    expect(await here.about('POST', '/whmcs/test', {})).toMatchObject({ state: 'ok', adminName: expect.any(String) })
    const { items } = (await here.ask<{ items: { action: string }[] }>('GET', '/audit?action=whmcs.*')).body
    expect(items.map(({ action }) => action)).toEqual(['whmcs.test', 'whmcs.cancel', 'whmcs.retry', 'whmcs.mode'])
  })
})
