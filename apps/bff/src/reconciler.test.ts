import type { Outcome } from '@ostor-console/shared/audit'
import { describe, expect, test } from 'vitest'
import { desk } from '../test/desk.ts'
import { auditOf, type Begin } from './adapters/store/audit.ts'
import { unseenWritesOf } from './adapters/store/audit-unseen.ts'
import { createReconciler } from './reconciler.ts'

const MINUTE = 60_000

/** An admin at work, whose console finds out later what it did not see. */
const watched = async (options: Parameters<typeof desk>[0] = {}) => {
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const here = await desk(options, { now })
  const make = () =>
    createReconciler({
      cluster: here.cluster,
      audit: auditOf(here.store, { now }),
      unseen: unseenWritesOf(here.store),
      log: { info: () => {}, warn: () => {} },
      now,
    })
  const { round } = make()
  return {
    ...here,
    make,
    round,
    later: (by: number) => {
      ahead += by
      here.control.clock.advance(by)
    },
    /** What a process leaves behind that ended in the middle of it. */
    leave: (entry: Omit<Begin, 'actor' | 'cluster'>) =>
      auditOf(here.store, { now }).begin({ actor: 'admin@example.com', cluster: 'demo', ...entry }),
    /** What was released reaches the gateway in its own time. */
    found: async (outcome: Outcome) => {
      await expect
        .poll(async () => {
          await round()
          return (await here.audit())[0]?.outcome
        })
        .toBe(outcome)
    },
    last: async () => (await here.audit())[0],
  }
}

type Here = Awaited<ReturnType<typeof watched>>
type Write = { name: string; send: (here: Here) => Promise<unknown> }

const WRITES: Write[] = [
  { name: 'a new user', send: ({ ask }) => ask('POST', '/users', { email: 'new@example.com' }) },
  { name: 'disabling', send: ({ ask, user }) => ask('PUT', `/users/${user(1).id}/state`, { state: 'disabled' }) },
  { name: 'a new key', send: ({ ask, user }) => ask('POST', `/users/${user(1).id}/keys`) },
  {
    name: 'a revocation',
    send: ({ ask, user }) => ask('DELETE', `/users/${user(1).id}/keys/${user(1).keys[0]?.id}`, { acceptLastKey: true }),
  },
  {
    name: 'limits of a user',
    send: ({ ask, user }) => ask('PUT', `/users/${user(1).id}/limits`, { opsPerSecond: { get: 40 } }),
  },
]

/** The answer is lost, and the request takes effect only when it is released, or never. */
const loseAnswer = async (here: Here, { send }: Write): Promise<void> => {
  const { faults } = here.control
  for (const method of ['PUT', 'POST', 'DELETE']) faults.add({ method, hold: true, reset: 'before' })
  await send(here)
  faults.clear()
}

describe('a write whose answer was lost', () => {
  test.each(WRITES)('is found out to be done when it took effect later: $name', async (write) => {
    const here = await watched()
    await loseAnswer(here, write)
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'unknown' })
    here.control.faults.release()
    await here.found('done')
    expect(here.writes()).toHaveLength(1)
  })

  test.each(WRITES)(
    'is found out not to be done, though not before the gateway can have given up: $name',
    async (write) => {
      const here = await watched()
      await loseAnswer(here, write)
      here.later(20_000)
      await here.round()
      expect(await here.last()).toMatchObject({ outcome: 'unknown' })
      here.later(20_000)
      await here.round()
      expect(await here.last()).toMatchObject({ outcome: 'not-done' })
      expect(here.writes()).toHaveLength(1)
    },
  )

  test('waits for a gateway that is down', async () => {
    const here = await watched()
    await loseAnswer(here, { name: '', send: ({ ask, user }) => ask('POST', `/users/${user(1).id}/keys`) })
    here.control.faults.add({ reset: 'before' })
    here.later(MINUTE)
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'unknown' })
    here.control.faults.clear()
    await here.gateway.ping()
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'not-done' })
  })

  test('names the key whose secret nobody saw, and leaves it alone', async () => {
    const here = await watched()
    await loseAnswer(here, { name: '', send: ({ ask, user }) => ask('POST', `/users/${user(1).id}/keys`) })
    here.control.faults.release()
    await here.found('done')
    const made = here.user(1).keys[1]?.id
    expect(await here.last()).toMatchObject({ after: { keyId: made }, detail: expect.stringContaining(`${made}`) })
  })

  test('is not taken for a key that somebody else made through the console', async () => {
    const here = await watched()
    await loseAnswer(here, { name: '', send: ({ ask, user }) => ask('POST', `/users/${user(1).id}/keys`) })
    here.handOver(await here.ask('POST', `/users/${here.user(1).id}/keys`))
    here.later(MINUTE)
    await here.round()
    expect((await here.audit()).map(({ outcome }) => outcome)).toEqual(['done', 'not-done'])
  })

  test('cannot be told any more when somebody changed the same since, which is said once', async () => {
    const here = await watched()
    const path = `/users/${here.user(1).id}/limits`
    await loseAnswer(here, { name: '', send: ({ ask }) => ask('PUT', path, { opsPerSecond: { get: 40 } }) })
    await here.ask('PUT', path, { opsPerSecond: { get: 70 } })
    here.later(MINUTE)
    const rows = async () => (await here.store.db.selectFrom('audit').select('seq').execute()).length
    await here.round()
    const before = await rows()
    expect((await here.audit())[1]).toMatchObject({ outcome: 'unknown', detail: expect.stringContaining('any more') })
    await here.round()
    await here.make().round()
    expect(await rows()).toBe(before)
  })
})

describe('a write whose process ended in the middle of it', () => {
  test('is left alone as long as it may be under way, and is then found out', async () => {
    const here = await watched()
    const { id, email, keys } = here.user(1)
    const [key] = keys
    await here.leave({ action: 'key.revoke', target: key?.id ?? '', userId: id, before: { keyIds: key?.id ?? '' } })
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'started', target: key?.id })
    await here.gateway.revokeKey(email, key?.id ?? '')
    here.later(2 * MINUTE)
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'done', target: key?.id })
  })

  test('is found out long after, behind many that ended well', async () => {
    const here = await watched()
    const { id } = here.user(1)
    await here.leave({ action: 'user.delete', target: 'x@example.com', userId: id })
    for (const state of ['disabled', 'enabled', 'disabled']) {
      here.later(20 * MINUTE)
      await here.signIn()
      await here.ask('PUT', `/users/${here.user(2).id}/state`, { state })
    }
    await here.round()
    expect((await here.audit()).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'not-done'])
  })
})
