import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Session } from 'fastify'
import { describe, expect, test } from 'vitest'
import { ENGINES, type EngineName, emptyStore } from '../../../test/stores.ts'
import { testClock } from '../../../test/test-clock.ts'
import { adminsOf } from './admins.ts'
import { sessionStore } from './sessions.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 1, 8)

const sessionsOn = async (engine: EngineName, now?: () => Date) => {
  const store = await emptyStore(engine)
  const sessions = sessionStore(store, now && { now })
  const { get, set, destroy } = sessions
  return { store, sessions, get: promisify(get), set: promisify(set), destroy: promisify(destroy) }
}

const newId = () => randomBytes(24).toString('base64url')

const sessionOf = (adminId: string): Session => ({
  cookie: { originalMaxAge: null },
  admin: { id: adminId, email: 'a@b.example', role: 'admin' },
})

/** Runs the work after a random number of turns of the event loop. */
const later = async (work: () => Promise<unknown>) => {
  for (let turns = randomInt(6); turns > 0; turns -= 1) await turn()
  await work()
}

describe.each(ENGINES)('sessions on %s', (engine) => {
  test('come back as they were saved, each time anew', async () => {
    const { get, set } = await sessionsOn(engine)
    const [id, session] = [newId(), sessionOf('a')]
    expect(await get(id)).toBe(null)
    await set(id, session)
    expect(await get(id)).toEqual(session)
    const changed = { ...session, lineage: 'seven' }
    await set(id, changed)
    const again = await get(id)
    expect(again).toEqual(changed)
    expect(await get(id)).not.toBe(again)
  })

  test('are stored under a hash of their id', async () => {
    const { store, set } = await sessionsOn(engine)
    const id = newId()
    await set(id, sessionOf('a'))
    const rows = await store.db.selectFrom('sessions').selectAll().execute()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(id)
  })

  test('that were destroyed stay so, whatever is read and saved around it', async () => {
    const { get, set, destroy } = await sessionsOn(engine)
    for (let round = 0; round < 200; round += 1) {
      const id = newId()
      await set(id, sessionOf('a'))
      const save = () => later(() => set(id, sessionOf('a')))
      const load = () => later(() => get(id))
      const ended = later(() => destroy(id)).then(() => get(id))
      const around = Promise.all([save(), load(), save(), load()])
      expect(await ended).toBe(null)
      await around
      expect(await get(id)).toBe(null)
    }
  })

  test('end after 30 minutes without a request', async () => {
    const { now, later: pass } = testClock(START)
    const { get, set } = await sessionsOn(engine, now)
    const id = newId()
    await set(id, sessionOf('a'))
    pass(29 * MINUTE)
    expect(await get(id)).not.toBe(null)
    pass(29 * MINUTE)
    expect(await get(id)).not.toBe(null)
    pass(30 * MINUTE)
    expect(await get(id)).toBe(null)
    await set(id, sessionOf('a'))
    expect(await get(id)).toBe(null)
  })

  test('end 8 hours after they began, however busy', async () => {
    const { now, later: pass } = testClock(START)
    const { get, set } = await sessionsOn(engine, now)
    const id = newId()
    await set(id, sessionOf('a'))
    for (let minutes = 20; minutes < 480; minutes += 20) {
      pass(20 * MINUTE)
      expect(await get(id)).not.toBe(null)
      await set(id, sessionOf('a'))
    }
    pass(20 * MINUTE)
    expect(await get(id)).toBe(null)
    await set(id, sessionOf('a'))
    expect(await get(id)).toBe(null)
  })

  test('note the last request at most once a minute', async () => {
    const { now, later: pass } = testClock(START)
    const { store, get, set } = await sessionsOn(engine, now)
    const id = newId()
    await set(id, sessionOf('a'))
    const started = now()
    const seen = () => store.db.selectFrom('sessions').select('last_seen_at').executeTakeFirst()
    pass(0.9 * MINUTE)
    await get(id)
    expect(await seen()).toEqual({ last_seen_at: started })
    pass(0.1 * MINUTE)
    await get(id)
    expect(await seen()).toEqual({ last_seen_at: now() })
  })

  test('of one admin end together, and those of others go on', async () => {
    const { sessions, get, set } = await sessionsOn(engine)
    const [mine, mineToo, other] = [newId(), newId(), newId()]
    await Promise.all([set(mine, sessionOf('a')), set(mineToo, sessionOf('a')), set(other, sessionOf('b'))])
    await sessions.endAllOf('a')
    expect(await get(mine)).toBe(null)
    expect(await get(mineToo)).toBe(null)
    expect(await get(other)).not.toBe(null)
  })

  test('of a role that the admin no longer has is none, though it was begun while the role changed', async () => {
    const { store, get, set } = await sessionsOn(engine)
    const admins = adminsOf(store)
    await admins.create({ email: 'last@b.example', passwordHash: randomUUID() })
    const { id: adminId } = await admins.create({ email: 'a@b.example', passwordHash: randomUUID() })
    await admins.change(adminId, { role: 'viewer' })
    const id = newId()
    // The sign-in had read the admin before.
    await set(id, sessionOf(adminId))
    expect(await get(id)).toBe(null)
  })

  test('of a disabled admin are worth nothing', async () => {
    const { store, get, set } = await sessionsOn(engine)
    const { id: adminId } = await adminsOf(store).create({ email: 'a@b.example', passwordHash: randomUUID() })
    const id = newId()
    await set(id, sessionOf(adminId))
    await store.db.updateTable('admins').set({ disabled_at: new Date() }).where('id', '=', adminId).execute()
    expect(await get(id)).toBe(null)
  })

  test('are swept a day after they ended, and not before', async () => {
    const { now, later: pass } = testClock(START)
    const { store, sessions, set } = await sessionsOn(engine, now)
    await set(newId(), sessionOf('a'))
    const count = async () => (await store.db.selectFrom('sessions').select('id_hash').execute()).length
    pass(31 * 60 * MINUTE)
    await sessions.sweep()
    expect(await count()).toBe(1)
    pass(2 * 60 * MINUTE)
    await sessions.sweep()
    expect(await count()).toBe(0)
  })

  test('tell a store that fails apart from a session that is not there', async () => {
    const { store, get } = await sessionsOn(engine)
    await store.db.schema.dropTable('sessions').execute()
    await expect(get(newId())).rejects.toMatchObject({ problem: { type: '/problems/store-unavailable' } })
  })
})
