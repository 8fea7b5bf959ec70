import { randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { whmcsOf } from '../../apps/bff/src/adapters/whmcs/open-whmcs.ts'
import type { Whmcs } from '../../apps/bff/src/adapters/whmcs/whmcs.ts'
import { messageQueue } from '../../apps/bff/test/message-queue.ts'
import { testClock } from '../../apps/bff/test/test-clock.ts'
import { onMariadb, readMariadb } from '../../apps/bff/test/whmcs-procedures.ts'
import { apiOf, mariadbUrl } from '../../apps/bff/test/whmcs-world.ts'
import { startWhmcsProcess } from '../support/whmcs-process.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** As the settings have it unless they say otherwise. */
const PER_SECOND = 5

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

const heapAfterCollecting = (): number => {
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed
}

const Call = z.object({ action: z.string(), underWay: z.int() })
const Note = z.object({ userid: z.int(), note: z.string() })
const keyOf = (text: string) => /ID: (\S+)/.exec(text)?.[1] ?? ''

/** The adapter on the wire to a WHMCS that is a process of its own; only its turns and the worker live in another time. */
const telling = async (clients: number, parallel: number, around: (whmcs: Whmcs) => Whmcs = (whmcs) => whmcs) => {
  const mariadb = mariadbUrl()
  const database = `w_${randomUUID().replaceAll('-', '').slice(0, 12)}`
  const there = await startWhmcsProcess(['--mariadb', mariadb, '--database', database, '--clients', String(clients)])
  onTestFinished(async () => {
    await there.stop()
    await onMariadb(mariadb, [`DROP DATABASE ${database}`])
  })
  const clock = testClock(Date.parse('2026-11-02T10:00:00Z'))
  const api = apiOf(there, { timeoutMs: 2_000, maxPerSecond: PER_SECOND, maxParallel: parallel })
  const whmcs = around(whmcsOf(api, { clock }))
  onTestFinished(() => whmcs.close())
  const queue = await messageQueue({ whmcs, notes: null, clock }, { engine: 'postgresql', parallel })
  return {
    ...queue,
    there,
    calls: () => there.read('calls', {}, z.array(Call)),
    /** What lies in its table of notes, by client, in the order in which it came. */
    notes: async () => {
      const rows = await readMariadb(mariadb, `SELECT userid, note FROM ${database}.tblnotes ORDER BY id`, Note)
      return Map.groupBy(rows, ({ userid }) => userid)
    },
  }
}

/** What a WHMCS does that is out of order, from an hour of the day on. */
const OUTAGE: [number, (there: Awaited<ReturnType<typeof startWhmcsProcess>>) => Promise<void>][] = [
  [0, (there) => there.tell('addFault', { kind: 'html' })],
  [6, (there) => there.tell('down')],
  [
    12,
    async (there) => {
      await there.tell('clearFaults')
      await there.tell('addFault', { kind: 'html', status: 503 })
      await there.tell('up')
    },
  ],
  [16, (there) => there.tell('set', { isInMaintenance: true })],
  [
    20,
    async (there) => {
      await there.tell('set', { isInMaintenance: false })
      await there.tell('clearFaults')
      await there.tell('addFault', { kind: 'cut' })
    },
  ],
]
/** Each does what it is asked, and nobody hears of it. */
const LOST_REPLIES = ['cut', 'html', 'half', 'empty', 'warning', 'maintenance', 'redirect', 'hang']

describe('many messages to a WHMCS that is a process of its own', () => {
  test('24 hours of outage in virtual time: 0 lost, in order per client, drained <= 10 min, repeats <= lost replies and all with one marker', async () => {
    const CLIENTS = 40
    const here = await telling(CLIENTS, 2)
    const { there } = here
    const sent = new Map<number, string[]>()
    // The first one arrives, and nobody hears of it.
    await there.tell('addFault', { kind: 'cut', isCarriedOut: true, times: 1 })
    const since = here.now().getTime()
    const outage = [...OUTAGE]
    for (let n = 0; n < 144; n += 1) {
      while (here.now().getTime() - since >= (outage[0]?.[0] ?? Infinity) * HOUR) await outage.shift()?.[1](there)
      const told = Array.from({ length: 5 }, (_, k) => here.note(1 + ((n * 5 + k) % CLIENTS), `${n}-${k}`))
      for (const { clientId, keyId } of told) sent.set(clientId, [...(sent.get(clientId) ?? []), keyId ?? ''])
      await here.tell(...told)
      await here.round()
      here.later(since + (n + 1) * 10 * MINUTE - here.now().getTime())
    }
    expect(outage).toEqual([])
    const during = (await here.calls()).map(({ action }) => action)
    expect(during.filter((action) => action === 'AddClientNote')).toHaveLength(5)
    expect(during.filter((action) => action === 'GetAdminDetails').length).toBeGreaterThan(100)
    expect([...(await here.notes()).values()].flat()).toHaveLength(1)

    await there.tell('clearFaults')
    for (const [n, kind] of LOST_REPLIES.entries())
      await there.tell('addFault', { kind, isCarriedOut: true, action: 'AddClientNote', nth: 9 * (n + 1), times: 1 })
    const backAt = here.now().getTime()
    while ((await here.messages.summary()).waiting > 0) {
      await here.round()
      here.later(2_000)
    }
    expect(here.now().getTime() - backAt).toBeLessThanOrEqual(10 * MINUTE)

    const notes = await here.notes()
    expect([...notes.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: CLIENTS }, (_, n) => n + 1))
    for (const [clientId, rows] of notes) {
      const texts = rows.map(({ note }) => note)
      // A repeat comes before whatever follows, and is the same to the letter, marker and all.
      expect([...new Set(texts)].map(keyOf)).toEqual(sent.get(clientId))
      expect(texts).toEqual(texts.toSorted((a, b) => texts.indexOf(a) - texts.indexOf(b)))
    }
    const all = [...notes.values()].flat().map(({ note }) => note)
    const markers = all.map((note) => /\[ostor-dash:k:\w{26}\]$/.exec(note)?.[0])
    expect(new Set(markers).size).toBe(144 * 5)
    expect(new Set(all).size).toBe(144 * 5)
    expect(all.length - 144 * 5).toBeGreaterThan(0)
    expect(all.length - 144 * 5).toBeLessThanOrEqual(1 + LOST_REPLIES.length)
  })

  test('acceptance 10: 10,000 messages for 500 clients go in order for each client, few at a time, in flat memory', {
    timeout: 240_000,
  }, async () => {
    const [MESSAGES, CLIENTS, PARALLEL] = [10_000, 500, 4]
    const heap: number[] = []
    let noted = 0
    const here = await telling(CLIENTS, PARALLEL, (whmcs) => ({
      ...whmcs,
      addNote(clientId, text) {
        noted += 1
        if (noted % 2_000 === 0) heap.push(heapAfterCollecting())
        return whmcs.addNote(clientId, text)
      },
    }))
    const told = Array.from({ length: MESSAGES }, (_, n) => here.note(1 + ((n * 7) % CLIENTS), `k${n}`))
    await here.tell(...told)
    const since = here.now().getTime()
    await here.round()
    expect(here.now().getTime() - since).toBeGreaterThanOrEqual((MESSAGES / PER_SECOND) * 1000)
    const notes = await here.notes()
    expect(notes.size).toBe(CLIENTS)
    for (const [clientId, rows] of notes) {
      const keys = told.filter((each) => each.clientId === clientId).map(({ keyId }) => keyId)
      expect(rows.map(({ note }) => keyOf(note))).toEqual(keys)
    }
    const calls = await here.calls()
    expect(calls.length).toBe(MESSAGES)
    expect(Math.max(...calls.map(({ underWay }) => underWay))).toBeLessThanOrEqual(PARALLEL)
    expect(heap).toHaveLength(MESSAGES / 2_000)
    expect(Math.max(...heap) - (heap[0] ?? 0)).toBeLessThan(4 * 1024 * 1024)
  })
})
