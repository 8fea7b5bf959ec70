import { describe, expect, test } from 'vitest'
import { outboxes, SECRET } from '../test/outbox.ts'
import { alterNotes } from '../test/whmcs-world.ts'
import type { NewMessage } from './adapters/store/message-writing.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** An error page: nobody knows whether what was asked was done. */
const NO_ANSWER = { kind: 'html' } as const
const LOST_REPLY = { kind: 'cut', isCarriedOut: true } as const

const outbox = outboxes()

const named = (action: string, times: number) => Array.from({ length: times }, () => action)
const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** A note about a key, and all that is kept of it here. */
const noteIn = async (mode: 'append' | 'database' | 'compat') => {
  const here = await outbox({ mode })
  await here.tell(here.note(1, 'key1'))
  await here.round()
  const rows = await here.store.db.selectFrom('whmcs_messages').selectAll().execute()
  const [note] = await here.notes()
  return { note: note?.text ?? '', rows: JSON.stringify(rows, plain) }
}

/** What is there after the reply to the only message was lost. */
const notesIn = async (mode: 'append' | 'database') => {
  const here = await outbox({ mode })
  const [id] = await here.tell(here.note(1, 'a'))
  here.control.addFault(LOST_REPLY)
  await here.round()
  here.control.clearFaults()
  here.later(MINUTE)
  await here.round()
  const { state, marker } = await here.find(id)
  expect(state).toBe('done')
  return (await here.notes()).map(({ text }) => text).filter((text) => text.includes(marker ?? ''))
}

describe('the worker that tells WHMCS', () => {
  test('waits longer after each try: 5 s, 30 s, 2 min, 10 min, 1 h, then 6 h, and drops nothing', async () => {
    const here = await outbox()
    const [id] = await here.tell(here.note(1, 'a'))
    here.control.addFault({ ...NO_ANSWER, action: 'AddClientNote' })
    const waits: number[] = []
    for (let n = 0; n < 8; n += 1) {
      await here.round()
      const { nextAt } = await here.find(id)
      waits.push(Math.round((Date.parse(nextAt ?? '') - here.now().getTime()) / 1000))
      here.later(Date.parse(nextAt ?? '') - here.now().getTime())
      // Silence is believed only after five; then it is asked first, and answers.
      if (n === 4) await here.round()
    }
    expect(waits.slice(0, 5)).toEqual([5, 30, 120, 600, 3600])
    expect(waits.slice(6)).toEqual([21_600, 21_600])
    here.later(20 * HOUR)
    expect(await here.find(id)).toMatchObject({ state: 'queued', needsAttention: true })
  })

  test('leaves WHMCS alone while it is silent, and sends at once when it is back, however long a message was to wait', async () => {
    const here = await outbox()
    const [id] = await here.tell(here.note(1, 'a'))
    here.control.addFault({ kind: 'cut' })
    for (const waits of [5_000, 30_000, 120_000, 600_000, 0]) {
      await here.round()
      here.later(waits)
    }
    expect(await here.find(id)).toMatchObject({ attempts: 5, state: 'queued' })
    for (let n = 0; n < 10; n += 1) {
      here.later(10_000)
      await here.round()
    }
    expect(here.actions()).toEqual([...named('AddClientNote', 5), ...named('GetAdminDetails', 3)])
    here.control.clearFaults()
    here.later(30_000)
    await here.round()
    expect(await here.find(id)).toMatchObject({ attempts: 6, state: 'done' })
  })

  test.each<[string, { secret?: string; allowedIps?: string[]; allowedActions?: string[] }, string]>([
    ['wrong-credentials', { secret: 'another-secret' }, 'Authentication Failed'],
    ['address-refused', { allowedIps: [] }, 'Invalid IP 127.0.0.1'],
    ['action-refused', { allowedActions: [] }, 'Invalid Permissions: API action "addclientnote" is not allowed'],
  ])(
    'acceptance 8: stops after one attempt when WHMCS says %s, and goes on once somebody resumes',
    async (failure, refusing, said) => {
      const here = await outbox({ parallel: 2 })
      const [first] = await here.tell(here.note(1, 'a'), here.note(2, 'b'), here.note(3, 'c'))
      const before = { ...here.control.set({}) }
      here.control.set(refusing)
      await here.round()
      here.later(HOUR)
      await here.round()
      expect(here.actions()).toEqual(['AddClientNote'])
      expect(await here.find(first)).toMatchObject({ state: 'blocked', needsAttention: true })
      const detail = `WHMCS answered AddClientNote with: ${said}`
      expect(await here.messages.stopped()).toMatchObject({ failure, detail })
      here.control.set(before)
      await here.round()
      expect(await here.notes()).toEqual([])
      await here.messages.resume()
      await here.round()
      expect(await here.notes()).toHaveLength(3)
      expect(await here.messages.stopped()).toBeNull()
    },
  )

  test('does not say the same again and again to a WHMCS that answers questions and nothing else', async () => {
    const here = await outbox()
    for (let client = 1; client <= 6; client += 1) await here.tell(here.note(client, 'a'))
    here.control.addFault({ ...NO_ANSWER, action: 'AddClientNote' })
    for (let n = 0; n < 24 * 60; n += 1) {
      await here.round()
      here.later(MINUTE)
    }
    // Six notes at the six steps of their own times, and some for each time that it seemed to be back.
    expect(here.actions().filter((action) => action === 'AddClientNote').length).toBeLessThan(80)
    here.control.clearFaults()
    here.later(6 * HOUR)
    await here.round()
    expect(await here.notes()).toHaveLength(6)
  })

  test('tries once what stopped everything when a process starts, because its settings may be new', async () => {
    const here = await outbox()
    await here.tell(here.note(1, 'a'))
    here.control.set({ secret: 'another-secret' })
    await here.round()
    expect(await here.notes()).toEqual([])
    here.control.set({ secret: here.fake.secret })
    await here.workerAs('next').worker.round()
    expect(await here.notes()).toHaveLength(1)
  })

  test('a client that is gone holds up its own messages only', async () => {
    const here = await outbox()
    const told = { id: 1, name: 'Ana', company: '', email: 'a@example.com', status: 'active', currency: null } as const
    await here.links.see([told], here.now())
    const [gone, behind] = await here.tell(here.note(1, 'a'), here.note(1, 'b'), here.note(2, 'c'))
    here.control.addFault({ kind: 'error', message: 'Client ID not found', clientId: 1 })
    await here.round()
    here.later(HOUR)
    await here.round()
    expect(await here.find(gone)).toMatchObject({ state: 'blocked', attempts: 1, clientName: 'Ana' })
    expect(await here.find(behind)).toMatchObject({ state: 'queued', attempts: 0 })
    expect(await here.notes()).toMatchObject([{ clientId: 2 }])
    expect((await here.links.seen([1])).get(1)?.goneAt).not.toBeNull()
    await here.messages.cancel(gone ?? '', { by: 'ada@example.com', reason: 'merged' })
    here.control.clearFaults()
    await here.round()
    expect(await here.find(behind)).toMatchObject({ state: 'done' })
    expect(await here.find(gone)).toMatchObject({
      decidedBy: 'ada@example.com',
      reason: 'merged',
      needsAttention: false,
    })
  })

  test('acceptance 2: after a lost reply there is one note with a database, and at most two with the same marker without', async () => {
    expect(await notesIn('database')).toHaveLength(1)
    const twice = await notesIn('append')
    expect(twice).toHaveLength(2)
    expect(new Set(twice).size).toBe(1)
  })

  test('adds a note in place of removing one where nothing can be removed, or the table is not as expected', async () => {
    const here = await outbox({ mode: 'append' })
    const [id] = await here.tell(here.note(1, 'key1'))
    await here.round()
    const { marker } = await here.find(id)
    await here.tell({ kind: 'note.delete', clientId: 1, text: 'Key revoked', keyId: 'key1', marker: marker ?? '' })
    await here.round()
    const lines = (await here.notes()).map(({ text }) => text.split('\n'))
    expect(lines.map(([first]) => first)).toEqual(['Access key ID: key1', 'Key revoked'])
    expect(new Set(lines.map(([, second]) => second)).size).toBe(2)
    const changed = await outbox({ mode: 'database' })
    await alterNotes(here.fake, 'MODIFY created VARCHAR(20) NOT NULL', 'MODIFY created DATETIME NOT NULL')
    await changed.tell({ kind: 'note.delete', clientId: 1, text: 'Key revoked', keyId: 'key1', marker: marker ?? '' })
    await changed.round()
    expect((await changed.notes()).map(({ text }) => text.split('\n')[0])).toEqual([
      'Access key ID: key1',
      'Key revoked',
      'Key revoked',
    ])
  })

  test('an entry of the log whose reply was lost is looked for before it is written again', async () => {
    const here = await outbox()
    await here.tell({ kind: 'activity.add', mark: 's', clientId: 1, text: 'S3 user u1 was disabled.' })
    here.control.addFault(LOST_REPLY)
    await here.round()
    here.control.clearFaults()
    here.later(MINUTE)
    await here.round()
    expect(await here.control.activity()).toHaveLength(1)
    expect(here.actions()).toEqual(['LogActivity', 'GetActivityLog'])
  })

  test('an invoice whose reply was lost is found, or left to a person, and never drafted twice by itself', async () => {
    const here = await outbox()
    const draft: NewMessage = { kind: 'invoice.draft', mark: 'i', clientId: 1, text: 'July', lines: [] }
    const [arrived, lost] = await here.tell(draft, { ...draft, clientId: 2 }, here.note(2, 'behind'))
    here.control.addFault({ ...LOST_REPLY, clientId: 1 })
    here.control.addFault({ kind: 'cut', clientId: 2 })
    await here.round()
    here.control.clearFaults()
    here.later(MINUTE)
    await here.round()
    here.later(24 * HOUR)
    await here.round()
    expect(await here.find(arrived)).toMatchObject({ state: 'done' })
    expect(await here.find(lost)).toMatchObject({ state: 'unknown', needsAttention: true })
    expect(await here.control.invoices()).toMatchObject([{ userid: 1 }])
    expect(await here.notes()).toHaveLength(1)
    const said = { by: 'ada@example.com', reason: 'looked there' }
    await here.messages.settle(lost ?? '', { hasArrived: false, ...said })
    await here.round()
    expect(await here.control.invoices()).toMatchObject([{ userid: 1 }, { userid: 2 }])
    expect(await here.find(lost)).toMatchObject({ state: 'done', decidedBy: said.by, reason: said.reason })
  })

  test('the field of a client is set to those who are linked when it is sent, in the order of their links', async () => {
    const here = await outbox({ linkFieldId: 4 })
    const link = { cluster: 'demo', clientId: 1, email: 'a@example.com', by: 'ada' }
    await here.links.add(here.store.db, { ...link, userId: 'u1' }, here.now())
    here.later(1)
    await here.links.add(here.store.db, { ...link, userId: 'u2' }, here.now())
    await here.tell({ kind: 'link.set', clientId: 1, text: 'x' })
    await here.round()
    expect(await here.control.fields({ userid: 1 })).toEqual([{ fieldid: 4, value: 'u1, u2' }])
    const without = await outbox()
    const [id] = await without.tell({ kind: 'link.set', clientId: 1, text: 'x' })
    await without.round()
    expect(await without.find(id)).toMatchObject({ state: 'cancelled', reason: 'WHMCS_LINK_FIELD_ID is not set' })
  })

  test.each(['append', 'database'] as const)('W1: no secret goes into a note in the mode %s', async (mode) => {
    const { note, rows } = await noteIn(mode)
    expect(note).toContain('Access key ID: key1')
    expect(`${note} ${rows}`).not.toContain(SECRET)
  })

  test('W1: a secret goes into a note in the mode compat, and stays nowhere here', async () => {
    const { note, rows } = await noteIn('compat')
    const lines = ['UserId: u1', 'AWSAccessKeyId: key1', `AWSSecretAccessKey: ${SECRET}`]
    expect(note.split('\n')).toEqual([...lines, expect.stringMatching(/^\[ostor-dash:k:/)])
    expect(rows).not.toContain(SECRET)
  })

  test('a note that needs the gateway waits for it, and one whose key is gone needs it no more', async () => {
    const here = await outbox({ mode: 'compat' })
    const [id] = await here.tell(here.note(1, 'key1'))
    await here
      .workerAs('other', { secretOf: () => Promise.reject(new Error('the gateway does not answer')) })
      .worker.round()
    expect(await here.find(id)).toMatchObject({ state: 'queued', lastError: 'the gateway does not answer' })
    here.later(MINUTE)
    await here.workerAs('other', { secretOf: async () => null }).worker.round()
    expect((await here.notes()).map(({ text }) => text.split('\n')[0])).toEqual(['Access key ID: key1'])
  })

  test('a process that does not hold the lease sends nothing', async () => {
    const here = await outbox()
    await here.tell(here.note(1, 'a'))
    await here.workerAs('other', { isOurs: () => false }).worker.round()
    expect(here.actions()).toEqual([])
  })
})
