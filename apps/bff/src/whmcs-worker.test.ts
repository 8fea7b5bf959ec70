import { describe, expect, test } from 'vitest'
import { outbox, SECRET } from '../test/outbox.ts'
import { ENGINES } from '../test/stores.ts'
import type { NewMessage } from './adapters/store/message-writing.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe.each(ENGINES)('messages to WHMCS in %s', (engine) => {
  test('go in order for each client, and one that is put off holds up its own client only', async () => {
    const here = await outbox({ engine })
    const [bad] = await here.tell(here.note(1, 'a'), here.note(1, 'b'), here.note(2, 'c'), here.note(1, 'd'))
    here.fail((_, clientId) => (clientId === 1 ? 'bad-answer' : null))
    await here.round()
    expect(here.notes.map(({ text }) => text.split('\n')[0])).toEqual(['Access key ID: c'])
    expect(await here.find(bad)).toMatchObject({ state: 'queued', attempts: 1, lastError: 'WHMCS addNote: bad-answer' })
    here.fail(() => null)
    await here.round()
    expect(here.notes).toHaveLength(1)
    here.later(5_000)
    await here.round()
    expect(here.notes.map(({ text }) => text.split('\n')[0]?.at(-1))).toEqual(['c', 'a', 'b', 'd'])
    expect(await here.find(bad)).toMatchObject({ state: 'done', attempts: 2, lastError: null })
  })

  test('two processes never send one message twice', async () => {
    const here = await outbox({ engine })
    await here.tell(...Array.from({ length: 40 }, (_, n) => here.note(n % 10, `k${n}`)))
    const others = ['b', 'c', 'd'].map((holder) => here.workerAs(holder).worker.round())
    await Promise.all([here.round(), ...others])
    while ((await here.messages.summary()).waiting > 0) await here.round()
    expect(here.notes.map(({ text }) => text).toSorted()).toEqual(
      [...new Set(here.notes.map(({ text }) => text))].toSorted(),
    )
    expect(here.notes).toHaveLength(40)
  })

  test('what a process left in the middle may have arrived, and whoever took it over is not overruled', async () => {
    const here = await outbox({ engine, mode: 'database' })
    const [id] = await here.tell(here.note(1, 'a'))
    const killed = here.workerAs('killed').sending
    const [no = 0n] = await killed.line(1, 1)
    const claimed = await killed.claim(no)
    await here.whmcs.addNote(1, claimed?.text ?? '')
    if (engine === 'postgresql') await here.round()
    if (engine === 'postgresql') expect(await here.find(id)).toMatchObject({ state: 'sending' })
    here.later(6 * MINUTE)
    await here.round()
    expect(await here.find(id)).toMatchObject({ state: 'done', attempts: 2 })
    expect(here.notes).toHaveLength(1)
    expect(await killed.stop(id ?? '', 'blocked', { failure: 'refused', detail: '', mayHaveArrived: false })).toBe(
      false,
    )
    expect(await here.find(id)).toMatchObject({ state: 'done' })
  })

  test('wait for those who claimed them no longer when somebody else decided in between', async () => {
    const here = await outbox({ engine })
    const [id = ''] = await here.tell(here.note(1, 'a'))
    const [no = 0n] = await here.sending.line(1, 1)
    const claimed = await here.sending.claim(no)
    await expect(here.messages.cancel(id, { by: 'ada', reason: 'no' })).rejects.toMatchObject({
      problem: { type: '/problems/message-moved-on' },
    })
    await here.sending.done(claimed?.id ?? '', 7)
    await expect(here.messages.retry(id)).rejects.toMatchObject({ problem: { type: '/problems/message-moved-on' } })
    await expect(here.messages.retry('none')).rejects.toMatchObject({
      problem: { type: '/problems/message-not-found' },
    })
  })
})

describe('the worker that tells WHMCS', () => {
  test('waits longer after each try: 5 s, 30 s, 2 min, 10 min, 1 h, then 6 h, and drops nothing', async () => {
    const here = await outbox()
    const [id] = await here.tell(here.note(1, 'a'))
    here.fail((action) => (action === 'addNote' ? 'bad-answer' : null))
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

  test.each(['wrong-credentials', 'address-refused', 'action-refused'] as const)(
    'acceptance 8: stops after one attempt when WHMCS says %s, and goes on once somebody resumes',
    async (fault) => {
      const here = await outbox({ parallel: 2 })
      const [first] = await here.tell(here.note(1, 'a'), here.note(2, 'b'), here.note(3, 'c'))
      here.fail(() => fault)
      await here.round()
      here.later(HOUR)
      await here.round()
      expect(here.calls).toEqual(['addNote'])
      expect(await here.find(first)).toMatchObject({ state: 'blocked', needsAttention: true })
      expect(await here.messages.stopped()).toMatchObject({ failure: fault, detail: `WHMCS addNote: ${fault}` })
      here.fail(() => null)
      await here.round()
      expect(here.notes).toEqual([])
      await here.messages.resume()
      await here.round()
      expect(here.notes).toHaveLength(3)
      expect(await here.messages.stopped()).toBeNull()
    },
  )

  test('tries once what stopped everything when a process starts, because its settings may be new', async () => {
    const here = await outbox()
    await here.tell(here.note(1, 'a'))
    here.fail(() => 'wrong-credentials')
    await here.round()
    here.fail(() => null)
    await here.workerAs('next').worker.round()
    expect(here.notes).toHaveLength(1)
  })

  test('a client that is gone holds up its own messages only', async () => {
    const here = await outbox()
    const told = { id: 1, name: 'Ana', company: '', email: 'a@example.com', status: 'active', currency: null } as const
    await here.links.see([told], here.now())
    const [gone, behind] = await here.tell(here.note(1, 'a'), here.note(1, 'b'), here.note(2, 'c'))
    here.fail((_, clientId) => (clientId === 1 ? 'not-found' : null))
    await here.round()
    here.later(HOUR)
    await here.round()
    expect(await here.find(gone)).toMatchObject({ state: 'blocked', attempts: 1, clientName: 'Ana' })
    expect(await here.find(behind)).toMatchObject({ state: 'queued', attempts: 0 })
    expect(here.notes).toMatchObject([{ clientId: 2 }])
    expect((await here.links.seen([1])).get(1)?.goneAt).not.toBeNull()
    await here.messages.cancel(gone ?? '', { by: 'ada@example.com', reason: 'merged' })
    here.fail(() => null)
    await here.round()
    expect(await here.find(behind)).toMatchObject({ state: 'done' })
    expect(await here.find(gone)).toMatchObject({
      decidedBy: 'ada@example.com',
      reason: 'merged',
      needsAttention: false,
    })
  })

  test('acceptance 2: after a lost reply there is one note with a database, and at most two with the same marker without', async () => {
    const notesIn = async (mode: 'append' | 'database') => {
      const here = await outbox({ mode })
      const [id] = await here.tell(here.note(1, 'a'))
      here.fail(() => 'lost-reply')
      await here.round()
      here.fail(() => null)
      here.later(MINUTE)
      await here.round()
      expect(await here.find(id)).toMatchObject({ state: 'done' })
      return here.notes.map(({ text }) => text)
    }
    expect(await notesIn('database')).toHaveLength(1)
    const twice = await notesIn('append')
    expect(twice).toHaveLength(2)
    expect(new Set(twice).size).toBe(1)
  })

  test('D1: removes the notes with our marker and no others, also when there were two, and none without a marker', async () => {
    const here = await outbox({ mode: 'database' })
    const [id] = await here.tell(here.note(1, 'key1'), here.note(1, 'key2'), here.note(2, 'key1'))
    await here.round()
    const { marker, text } = await here.find(id)
    await here.whmcs.addNote(1, text)
    await here.whmcs.addNote(1, 'Ticket 881: customer asked about u1 and key1, refund agreed')
    const removal = { kind: 'note.delete', clientId: 1, text: 'revoked', keyId: 'key1' } as const
    await here.tell({ ...removal, marker: marker ?? '' })
    await here.round()
    expect(here.notes.map(({ clientId, text: left }) => [clientId, left.split('\n')[0]])).toEqual([
      [1, 'Access key ID: key2'],
      [2, 'Access key ID: key1'],
      [1, 'Ticket 881: customer asked about u1 and key1, refund agreed'],
    ])
    await here.tell(removal)
    await here.round()
    expect(here.notes).toHaveLength(4)
  })

  test('adds a note in place of removing one where nothing can be removed, or the table is not as expected', async () => {
    const here = await outbox({ mode: 'append' })
    const [id] = await here.tell(here.note(1, 'key1'))
    await here.round()
    const { marker } = await here.find(id)
    await here.tell({ kind: 'note.delete', clientId: 1, text: 'Key revoked', keyId: 'key1', marker: marker ?? '' })
    await here.round()
    expect(here.notes.map(({ text }) => text.split('\n')[0])).toEqual(['Access key ID: key1', 'Key revoked'])
    expect(new Set(here.notes.map(({ text }) => text.split('\n')[1])).size).toBe(2)
    const changed = await outbox({ mode: 'database' })
    changed.database.check = async () => 'tblnotes has no column "note"'
    await changed.tell({ kind: 'note.delete', clientId: 1, text: 'Key revoked', keyId: 'key1', marker: marker ?? '' })
    await changed.round()
    expect(changed.notes).toHaveLength(1)
  })

  test('an entry of the log whose reply was lost is looked for before it is written again', async () => {
    const here = await outbox()
    await here.tell({ kind: 'activity.add', mark: 's', clientId: 1, text: 'S3 user u1 was disabled.' })
    here.fail(() => 'lost-reply')
    await here.round()
    here.fail(() => null)
    here.later(MINUTE)
    await here.round()
    expect(here.activity).toHaveLength(1)
    expect(here.calls).toEqual(['logActivity', 'hasActivity'])
  })

  test('an invoice whose reply was lost is found, or left to a person, and never drafted twice by itself', async () => {
    const here = await outbox()
    const draft: NewMessage = { kind: 'invoice.draft', mark: 'i', clientId: 1, text: 'July', lines: [] }
    const [arrived, lost] = await here.tell(draft, { ...draft, clientId: 2 }, here.note(2, 'behind'))
    here.fail((_, clientId) => (clientId === 1 ? 'lost-reply' : 'timeout'))
    await here.round()
    here.fail(() => null)
    here.later(MINUTE)
    await here.round()
    here.later(24 * HOUR)
    await here.round()
    expect(await here.find(arrived)).toMatchObject({ state: 'done' })
    expect(await here.find(lost)).toMatchObject({ state: 'unknown', needsAttention: true })
    expect(here.invoices).toHaveLength(1)
    expect(here.notes).toHaveLength(1)
    const said = { by: 'ada@example.com', reason: 'looked there' }
    await here.messages.settle(lost ?? '', { hasArrived: false, ...said })
    await here.round()
    expect(here.invoices).toHaveLength(2)
    expect(await here.find(lost)).toMatchObject({ state: 'done', decidedBy: said.by, reason: said.reason })
  })

  test('the field of a client is set to those who are linked when it is sent, in the order of their links', async () => {
    const here = await outbox({ linkFieldId: 4 })
    const values: string[] = []
    here.whmcs.setClientField = async (_, fieldId, value) => void values.push(`${fieldId}=${value}`)
    const link = { cluster: 'demo', clientId: 1, email: 'a@example.com', by: 'ada' }
    await here.links.add({ ...link, userId: 'u1' }, here.now())
    here.later(1)
    await here.links.add({ ...link, userId: 'u2' }, here.now())
    await here.tell({ kind: 'link.set', clientId: 1, text: 'x' })
    await here.round()
    expect(values).toEqual(['4=u1, u2'])
    const without = await outbox()
    const [id] = await without.tell({ kind: 'link.set', clientId: 1, text: 'x' })
    await without.round()
    expect(await without.find(id)).toMatchObject({ state: 'cancelled', reason: 'WHMCS_LINK_FIELD_ID is not set' })
  })

  test('W1: a secret goes into a note in the mode compat only, and stays nowhere here', async () => {
    for (const mode of ['append', 'database', 'compat'] as const) {
      const here = await outbox({ mode })
      await here.tell(here.note(1, 'key1'))
      await here.round()
      const [{ text } = { text: '' }] = here.notes
      const lines = ['UserId: u1', 'AWSAccessKeyId: key1', `AWSSecretAccessKey: ${SECRET}`]
      if (mode === 'compat') expect(text.split('\n')).toEqual([...lines, expect.stringMatching(/^\[ostor-dash:k:/)])
      else expect(text).not.toContain(SECRET)
      const rows = await here.store.db.selectFrom('whmcs_messages').selectAll().execute()
      expect(JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? 0 : value))).not.toContain(SECRET)
    }
  })

  test('a note that needs the gateway waits for it, and one whose key is gone needs it no more', async () => {
    const here = await outbox({ mode: 'compat' })
    const [id] = await here.tell(here.note(1, 'key1'))
    const secretOf = async () => Promise.reject(new Error('the gateway does not answer'))
    await here.workerAs('other', { secretOf }).worker.round()
    expect(await here.find(id)).toMatchObject({ state: 'queued', lastError: 'the gateway does not answer' })
    here.later(MINUTE)
    await here.workerAs('other', { secretOf: async () => null }).worker.round()
    expect(here.notes.map(({ text }) => text.split('\n')[0])).toEqual(['Access key ID: key1'])
  })

  test('a process that does not hold the lease sends nothing', async () => {
    const here = await outbox()
    await here.tell(here.note(1, 'a'))
    await here.workerAs('other', { isOurs: () => false }).worker.round()
    expect(here.calls).toEqual([])
  })

  test('24 hours of outage in virtual time: 0 lost, in order per client, drained <= 10 min, repeats <= lost replies', async () => {
    const here = await outbox({ engine: 'postgresql' })
    const CLIENTS = 40
    let lostReplies = 0
    let isDown = true
    here.fail((action) => {
      if (isDown) return action === 'describe' ? 'transport' : 'timeout'
      if (action !== 'addNote' || here.calls.length % 17 !== 0) return null
      lostReplies += 1
      return 'lost-reply'
    })
    const sent: string[][] = []
    for (let n = 0; n < 144; n += 1) {
      const keys = Array.from({ length: 5 }, (_, k) => [String(1 + ((n * 5 + k) % CLIENTS)), `${n}-${k}`])
      sent.push(...keys)
      await here.tell(...keys.map(([clientId, keyId]) => here.note(Number(clientId), keyId ?? '')))
      await here.round()
      here.later(10 * MINUTE)
    }
    // While it was down: five tries, then one question at a time.
    expect(here.calls.filter((action) => action === 'addNote')).toHaveLength(5)
    isDown = false
    const backAt = here.now().getTime()
    while ((await here.messages.summary()).waiting > 0) {
      await here.round()
      here.later(2_000)
    }
    expect(here.now().getTime() - backAt).toBeLessThanOrEqual(10 * MINUTE)
    const keyOf = (text: string) => /ID: (\S+)/.exec(text)?.[1] ?? ''
    for (let clientId = 1; clientId <= CLIENTS; clientId += 1) {
      const there = here.notes.filter((note) => note.clientId === clientId).map(({ text }) => keyOf(text))
      expect([...new Set(there)]).toEqual(sent.filter(([id]) => Number(id) === clientId).map(([, keyId]) => keyId))
      expect(there).toEqual(there.toSorted((a, b) => there.indexOf(a) - there.indexOf(b)))
    }
    expect(lostReplies).toBeGreaterThan(0)
    expect(here.notes.length - new Set(here.notes.map(({ text }) => text)).size).toBeLessThanOrEqual(lostReplies)
    expect(new Set(here.notes.map(({ text }) => text)).size).toBe(sent.length)
  })

  test('acceptance 10: 10,000 messages for 500 clients go in order for each client, at the pace, in flat memory', async () => {
    const [MESSAGES, CLIENTS] = [10_000, 500]
    const here = await outbox({ engine: 'postgresql', parallel: 4 })
    const told = Array.from({ length: MESSAGES }, (_, n) => here.note(1 + ((n * 7) % CLIENTS), `k${n}`))
    await here.tell(...told)
    let [running, most, heap] = [0, 0, 0]
    const { addNote } = here.whmcs
    here.whmcs.addNote = async (clientId, text) => {
      running += 1
      most = Math.max(most, running)
      if (here.calls.length % 1000 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed)
      const id = await addNote(clientId, text)
      running -= 1
      return id
    }
    const before = process.memoryUsage().heapUsed
    const startedAt = here.now().getTime()
    await here.round()
    expect(here.notes).toHaveLength(MESSAGES)
    expect(most).toBeLessThanOrEqual(4)
    // Five calls in a second, by the clock that each call moves on.
    expect(here.now().getTime() - startedAt).toBe(MESSAGES * 200)
    expect(heap - before).toBeLessThan(64 * 1024 * 1024)
    const keyOf = (text: string) => /ID: (\S+)/.exec(text)?.[1] ?? ''
    const sent = new Map<number, string[]>()
    for (const { clientId, text } of here.notes) sent.set(clientId, [...(sent.get(clientId) ?? []), keyOf(text)])
    for (const [clientId, keys] of sent)
      expect(keys).toEqual(told.filter((each) => each.clientId === clientId).map(({ keyId }) => keyId))
  })
})
