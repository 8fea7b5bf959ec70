import { describe, expect, test } from 'vitest'
import { watched } from '../test/watched.ts'

const MINUTE = 60_000

type Here = Awaited<ReturnType<typeof watched>>
type Write = { name: string; send: (here: Here) => Promise<unknown> }

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

const NEW_KEY: Write = { name: 'a new key', send: ({ ask, user }) => ask('POST', `/users/${user(1).id}/keys`) }

/** The answer is lost, and the request takes effect only when it is released, or never. */
const loseAnswer = async (here: Here, { send }: Write): Promise<void> => {
  const { faults } = here.control
  for (const method of ['PUT', 'POST', 'DELETE']) faults.add({ method, hold: true, reset: 'before' })
  await send(here)
  faults.clear()
}

/** The id of a key that comes after its answer was lost. */
const lateKey = async (here: Here): Promise<string | undefined> => {
  await loseAnswer(here, NEW_KEY)
  here.control.faults.release()
  await expect.poll(() => here.user(1).keys.length).toBe(2)
  return here.user(1).keys[1]?.id
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

  test('is not done for a key that never came', async () => {
    const here = await watched()
    await loseAnswer(here, NEW_KEY)
    here.later(MINUTE)
    await here.round()
    expect(await here.audit()).toMatchObject([{ action: 'key.create', outcome: 'not-done', detail: null }])
  })

  test('leaves no key whose secret nobody saw: it is revoked, as an operation of its own', async () => {
    const here = await watched()
    const { keys } = here.user(1)
    const made = await lateKey(here)
    await here.round()
    expect(here.user(1).keys).toHaveLength(2)
    here.later(MINUTE)
    await here.round()
    expect(here.user(1).keys).toEqual(keys)
    expect(await here.audit()).toMatchObject([
      { action: 'key.revoke', actor: 'console', target: made, outcome: 'done' },
      { action: 'key.create', outcome: 'not-done', detail: expect.stringContaining(`${made}`) },
    ])
    await here.round()
    expect(here.writes()).toHaveLength(2)
  })

  test('revokes again when nobody knows how the revocation ended', async () => {
    const here = await watched()
    await lateKey(here)
    here.later(MINUTE)
    here.control.faults.add({ method: 'POST', reset: 'before', times: 1 })
    await here.round()
    expect((await here.audit()).map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown'])
    here.later(MINUTE)
    await here.round()
    await here.round()
    expect(here.user(1).keys).toHaveLength(1)
    expect((await here.audit()).map(({ action, outcome }) => `${action} ${outcome}`).toSorted()).toEqual([
      'key.create not-done',
      'key.revoke done',
      'key.revoke done',
    ])
  })

  test('names the key when the gateway refuses to revoke it, and does not ask for ever', async () => {
    const here = await watched()
    const made = await lateKey(here)
    here.later(MINUTE)
    here.control.faults.add({ method: 'POST', status: 403, code: 'AccessDenied' })
    await here.round()
    await here.round()
    expect(await here.audit()).toMatchObject([
      { action: 'key.revoke', outcome: 'refused' },
      { action: 'key.create', outcome: 'done', after: { keyId: made }, detail: expect.stringContaining('revoke it') },
    ])
  })

  test('touches nothing when several keys are new, since somebody else made one', async () => {
    const here = await watched()
    const { id } = here.control.users.create({ email: 'two@example.com', keys: 0 })
    await loseAnswer(here, { name: '', send: ({ ask }) => ask('POST', `/users/${id}/keys`) })
    here.control.faults.release()
    await expect.poll(() => here.oracle.user(id)?.keys.length).toBe(1)
    here.control.users.addKey(id)
    here.later(MINUTE)
    await here.round()
    expect(here.oracle.user(id)?.keys).toHaveLength(2)
    expect(await here.last()).toMatchObject({
      outcome: 'unknown',
      detail: expect.stringContaining('Several keys are new'),
    })
  })

  test('stands in the way of the next key of the same user, until it is found out', async () => {
    const here = await watched()
    await loseAnswer(here, NEW_KEY)
    const sent = here.writes()
    const refused = await here.ask('POST', `/users/${here.user(1).id}/keys`)
    expect([refused.status, refused.body.type]).toEqual([409, '/problems/being-checked'])
    expect(here.writes()).toEqual(sent)
    here.later(MINUTE)
    await here.round()
    const made = await here.ask('POST', `/users/${here.user(1).id}/keys`)
    here.handOver(made)
    expect(made.status).toBe(201)
  })

  test('is not taken for a key that another console made meanwhile', async () => {
    const here = await watched()
    await loseAnswer(here, NEW_KEY)
    const { id } = here.user(1)
    const made = here.control.users.addKey(id)
    await here.leave({ action: 'key.create', target: '', userId: id }, { outcome: 'done', after: { keyId: made.id } })
    here.later(MINUTE)
    await here.round()
    expect((await here.audit()).map(({ outcome }) => outcome)).toEqual(['done', 'not-done'])
    expect(here.user(1).keys).toHaveLength(2)
  })

  test('does not stand in the way for ever when it cannot be told any more', async () => {
    const here = await watched()
    const { id } = here.control.users.create({ email: 'two@example.com', keys: 0 })
    await loseAnswer(here, { name: '', send: ({ ask }) => ask('POST', `/users/${id}/keys`) })
    here.control.users.addKey(id)
    here.control.users.addKey(id)
    here.later(MINUTE)
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'unknown', detail: expect.stringContaining('any more') })
    const { body } = await here.ask('POST', `/users/${id}/keys`)
    expect(body.type).toBe('/problems/key-limit-reached')
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
