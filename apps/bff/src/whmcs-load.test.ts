import { describe, expect, test } from 'vitest'
import { outbox } from '../test/outbox.ts'

const MINUTE = 60_000

const keyOf = (text: string) => /ID: (\S+)/.exec(text)?.[1] ?? ''

describe('many messages to WHMCS', () => {
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
    const addNote = here.whmcs.addNote.bind(here.whmcs)
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
    const sent = new Map<number, string[]>()
    for (const { clientId, text } of here.notes) sent.set(clientId, [...(sent.get(clientId) ?? []), keyOf(text)])
    for (const [clientId, keys] of sent)
      expect(keys).toEqual(told.filter((each) => each.clientId === clientId).map(({ keyId }) => keyId))
  })
})
