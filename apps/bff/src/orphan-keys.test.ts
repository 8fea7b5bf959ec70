import { describe, expect, test } from 'vitest'
import { lateKey, loseAnswer, NEW_KEY, watched } from '../test/watched.ts'
import { auditOf } from './adapters/store/audit.ts'

const MINUTE = 60_000

describe('a new key whose answer was lost', () => {
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
    await here.round()
    expect((await here.audit()).map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown'])
    here.later(MINUTE)
    await here.round()
    await here.round()
    expect(here.user(1).keys).toHaveLength(1)
    expect((await here.audit()).map(({ action, outcome }) => `${action} ${outcome}`).toSorted()).toEqual([
      'key.create not-done',
      'key.revoke done',
      'key.revoke not-done',
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
      { action: 'key.create', outcome: 'unknown', detail: expect.stringContaining(`The key ${made} is new`) },
    ])
  })

  test('tries again when the revocation could not even be sent', async () => {
    const here = await watched()
    await lateKey(here)
    here.later(MINUTE)
    here.control.faults.add({
      method: 'GET',
      service: 'ostor-users',
      parameters: { emailAddress: null },
      status: 502,
      html: true,
    })
    await here.round()
    here.control.faults.clear()
    expect((await here.audit()).at(-1)).toMatchObject({ action: 'key.create', outcome: 'unknown' })
    await here.gateway.ping()
    await here.round()
    expect(here.user(1).keys).toHaveLength(1)
    expect((await here.audit()).at(-1)).toMatchObject({ action: 'key.create', outcome: 'not-done' })
  })

  test('leaves alone what is new after a long time, since it may be in use, and says so', async () => {
    const here = await watched()
    await loseAnswer(here, NEW_KEY)
    here.later(20 * MINUTE)
    const other = here.control.users.addKey(here.user(1).id)
    const sent = here.writes().length
    await here.round()
    expect(here.user(1).keys).toHaveLength(2)
    expect(here.writes()).toHaveLength(sent)
    expect(await here.last()).toMatchObject({
      action: 'key.create',
      outcome: 'unknown',
      detail: expect.stringContaining(`The key ${other.id} is new`),
    })
  })

  test('sends no second revocation while it is not known how the first one ended', async () => {
    const here = await watched()
    await lateKey(here)
    here.later(MINUTE)
    here.control.faults.add({ method: 'POST', status: 500 })
    await here.round()
    const sent = here.writes().length
    for (let round = 0; round < 3; round += 1) {
      here.later(5_000)
      await here.round()
    }
    expect(here.writes()).toHaveLength(sent)
  })

  test('takes no secret back that was handed over a moment before', async () => {
    const here = await watched()
    const { id } = here.user(1)
    const operation = await here.leave({
      action: 'key.create',
      target: '',
      userId: id,
      before: { keyIds: here.user(1).keys[0]?.id ?? '' },
    })
    const made = here.control.users.addKey(id)
    const audit = auditOf(here.store)
    const slow = here.make({
      end: async (...given) => {
        // The request that made the key comes to its end after all, between the reading and the claim.
        await audit.end(operation, { outcome: 'done', after: { keyId: made.id } }, { onlyFirst: true }).catch(() => {})
        return audit.end(...given)
      },
    })
    await slow.round()
    here.later(2 * MINUTE)
    await slow.round()
    expect(here.user(1).keys).toHaveLength(2)
    expect(await here.last()).toMatchObject({ action: 'key.create', outcome: 'done' })
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

  test('is not done for a key that never came', async () => {
    const here = await watched()
    await loseAnswer(here, NEW_KEY)
    here.later(MINUTE)
    await here.round()
    expect(await here.audit()).toMatchObject([{ action: 'key.create', outcome: 'not-done', detail: null }])
  })
})
