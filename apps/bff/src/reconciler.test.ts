import { describe, expect, test } from 'vitest'
import { loseAnswer, NEW_KEY, type Write, watched } from '../test/watched.ts'

const MINUTE = 60_000

const WRITES: Write[] = [
  { name: 'a new user', send: ({ ask }) => ask('POST', '/users', { email: 'new@example.com' }) },
  { name: 'disabling', send: ({ ask, user }) => ask('PUT', `/users/${user(1).id}/state`, { state: 'disabled' }) },
  {
    name: 'a revocation',
    send: ({ ask, user }) => ask('DELETE', `/users/${user(1).id}/keys/${user(1).keys[0]?.id}`, { acceptLastKey: true }),
  },
  {
    name: 'limits of a user',
    send: ({ ask, user }) => ask('PUT', `/users/${user(1).id}/limits`, { opsPerSecond: { get: 40 } }),
  },
  { name: 'a quota of a user', send: ({ ask, user }) => ask('PUT', `/users/${user(1).id}/quota`, { size: 40 }) },
  { name: 'the quota of every bucket', send: ({ ask }) => ask('PUT', '/quotas/defaults/bucket', { size: 40 }) },
]

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
    await loseAnswer(here, NEW_KEY)
    here.control.faults.add({ reset: 'before' })
    here.later(MINUTE)
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'unknown' })
    here.control.faults.clear()
    await here.gateway.ping()
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'not-done' })
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

test('a clock that is set forward does not shorten the wait for what may still take effect', async () => {
  const here = await watched()
  await loseAnswer(here, NEW_KEY)
  here.setClock(10 * MINUTE)
  await here.round()
  expect(await here.last()).toMatchObject({ action: 'key.create', outcome: 'unknown' })
})

test('a clock that is set back does not lengthen it', async () => {
  const here = await watched()
  await loseAnswer(here, NEW_KEY)
  here.setClock(-10 * MINUTE)
  here.later(MINUTE)
  await here.round()
  expect(await here.last()).toMatchObject({ action: 'key.create', outcome: 'not-done' })
})
