import { onTestFinished } from 'vitest'
import { type WhmcsDatabase, whmcsNotesOf } from '../src/adapters/whmcs/notes.ts'
import { whmcsOf } from '../src/adapters/whmcs/open-whmcs.ts'
import { messageQueue, type QueueOptions } from './message-queue.ts'
import { testClock } from './test-clock.ts'
import { apiOf, type openFakeWhmcs } from './whmcs-world.ts'

type Fake = Awaited<ReturnType<typeof openFakeWhmcs>>

/** Messages that go over the wire to a simulated WHMCS, five in a second of a time that a test sets. */
export const queueToFake = async (
  fake: Fake,
  { database = null, ...options }: QueueOptions & { database?: WhmcsDatabase | null } = {},
) => {
  const clock = testClock(Date.parse('2026-11-02T10:00:00Z'))
  const whmcs = whmcsOf(apiOf(fake, { maxPerSecond: 5, timeoutMs: 10_000 }), { clock })
  const notes = database && whmcsNotesOf(database)
  onTestFinished(async () => void (await Promise.all([whmcs.close(), notes?.close()])))
  const queue = await messageQueue({ whmcs, notes, clock }, options)
  return {
    ...queue,
    whmcs,
    /** What lies in the table of notes, of all clients. */
    notes: async () => (await fake.control.notes()).map(({ userid, note }) => ({ clientId: userid, text: note })),
  }
}
