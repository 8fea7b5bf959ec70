import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { outbox } from '../test/outbox.ts'

const MINUTE = 60_000

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

const heapAfterCollecting = (): number => {
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed
}

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

  test('acceptance 10: 10,000 messages for 500 clients go in order for each client, few at a time, in flat memory', async () => {
    const [MESSAGES, CLIENTS] = [10_000, 500]
    const here = await outbox({ engine: 'postgresql', parallel: 4 })
    const told = Array.from({ length: MESSAGES }, (_, n) => here.note(1 + ((n * 7) % CLIENTS), `k${n}`))
    await here.tell(...told)
    let [running, most] = [0, 0]
    const heap: number[] = []
    const addNote = here.whmcs.addNote.bind(here.whmcs)
    here.whmcs.addNote = async (clientId, text) => {
      running += 1
      most = Math.max(most, running)
      if (here.calls.length % 2_000 === 0) heap.push(heapAfterCollecting())
      const id = await addNote(clientId, text)
      running -= 1
      return id
    }
    await here.round()
    expect(here.notes).toHaveLength(MESSAGES)
    expect(most).toBeLessThanOrEqual(4)
    // What the stub itself has noted by then is some megabytes.
    expect(Math.max(...heap) - (heap[0] ?? 0)).toBeLessThan(16 * 1024 * 1024)
    const sent = new Map<number, string[]>()
    for (const { clientId, text } of here.notes) sent.set(clientId, [...(sent.get(clientId) ?? []), keyOf(text)])
    for (const [clientId, keys] of sent)
      expect(keys).toEqual(told.filter((each) => each.clientId === clientId).map(({ keyId }) => keyId))
  })
})
