import type { AccessKey, NewAccessKey } from '@ostor-console/shared/keys'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

describe('keys of a user', () => {
  test('are listed by id alone, and a user without keys has an empty list', async () => {
    const { ask, user, control } = await desk({ twoKeyUsers: 5 })
    const keys = await ask<AccessKey[]>('GET', `/users/${user(1).id}/keys`)
    expect(keys.body).toEqual(user(1).keys.map(({ id }) => ({ id, made: null })))
    expect(keys.body).toHaveLength(2)
    const none = control.users.create({ email: 'none@example.com', keys: 0 })
    expect((await ask('GET', `/users/${none.id}/keys`)).body).toEqual([])
    expect((await ask('GET', '/users/ffffffffffffffff/keys')).body.type).toBe('/problems/user-not-found')
  })

  test.each(['both', 'new'] as const)(
    'a new key is shown once with its secret (gateway answers with %s)',
    async (genKeyAnswer) => {
      const { ask, user, handOver, writes, audit, oracle } = await desk({ genKeyAnswer })
      const { id, email, keys } = user(1)
      const created = await ask<NewAccessKey>('POST', `/users/${id}/keys`)
      handOver(created)

      const made = oracle.user(id)?.keys.find((key) => key.id !== keys[0]?.id)
      expect(created.status).toBe(201)
      expect(created.headers['cache-control']).toBe('no-store')
      expect(created.body).toEqual({ id: made?.id, secret: made?.secret })
      expect(writes()).toEqual([`POST /?ostor-users&emailAddress=${encodeURIComponent(email)}&genKey`])
      expect(await audit()).toMatchObject([
        { action: 'key.create', userId: id, outcome: 'done', after: { keyId: made?.id } },
      ])
    },
  )

  test('a user without keys and one who is disabled get one as well', async () => {
    const { ask, control, handOver } = await desk()
    for (const given of [
      { email: 'none@example.com', keys: 0 },
      { email: 'off@example.com', state: 'disabled' as const },
    ]) {
      const { id } = control.users.create(given)
      const created = await ask<NewAccessKey>('POST', `/users/${id}/keys`)
      handOver(created)
      expect(created.status).toBe(201)
    }
  })

  test('a third key is refused, and the gateway is left alone', async () => {
    const { ask, user, writes } = await desk({ twoKeyUsers: 5 })
    const { body } = await ask('POST', `/users/${user(1).id}/keys`)
    expect(body).toMatchObject({ type: '/problems/key-limit-reached', status: 409 })
    expect(writes()).toEqual([])
  })

  test('50 wishes for a key at once make two keys and two calls', async () => {
    const { ask, control, handOver, writes, oracle } = await desk()
    const { id } = control.users.create({ email: 'busy@example.com', keys: 0 })
    const replies = await Promise.all(Array.from({ length: 50 }, () => ask<NewAccessKey>('POST', `/users/${id}/keys`)))
    for (const reply of replies) if (reply.status === 201) handOver(reply)
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(2)
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(48)
    expect(writes()).toHaveLength(2)
    expect(oracle.user(id)?.keys).toHaveLength(2)
  })

  test('a shared e-mail stops keys from being made or revoked for the wrong user', async () => {
    const { ask, user, control, writes } = await desk()
    const twin = control.users.create({ email: user(1).email })
    expect((await ask('POST', `/users/${twin.id}/keys`)).body.type).toBe('/problems/email-ambiguous')
    const path = `/users/${twin.id}/keys/${twin.keys[0]?.id}`
    expect((await ask('DELETE', path, { acceptLastKey: true })).body.type).toBe('/problems/email-ambiguous')
    expect(writes()).toEqual([])
  })

  test('a field that nobody knows is refused', async () => {
    const { ask, user, control } = await desk()
    expect((await ask('POST', `/users/${user(1).id}/keys`, { count: 2 })).body.errors).toMatchObject([
      { pointer: '/body/count', code: 'unknown_field' },
    ])
    expect(control.calls()).toEqual([])
  })
})

describe('a new key whose answer is lost', () => {
  test('is named without its secret, so that it can be revoked', async () => {
    const { ask, user, control, writes, audit, oracle } = await desk()
    const { id, keys } = user(1)
    control.faults.add({ method: 'POST', reset: 'after' })
    const { status, body } = await ask('POST', `/users/${id}/keys`)
    const made = oracle.user(id)?.keys.find((key) => key.id !== keys[0]?.id)
    expect(status).toBe(504)
    expect(body).toMatchObject({ type: '/problems/outcome-unknown', operationId: expect.any(String) })
    expect(body.detail).toContain(made?.id)
    expect(writes()).toHaveLength(1)
    expect(await audit()).toMatchObject([{ id: body.operationId, outcome: 'unknown', detail: body.detail }])
  })

  test('is unknown when no key is new, and nothing is sent again', async () => {
    const { ask, user, control, writes, audit } = await desk()
    control.faults.add({ method: 'POST', reset: 'before' })
    expect((await ask('POST', `/users/${user(1).id}/keys`)).body.type).toBe('/problems/outcome-unknown')
    expect(writes()).toHaveLength(1)
    expect(await audit()).toMatchObject([{ outcome: 'unknown' }])
  })

  test('is given out when it cannot be read back, and the audit says so', async () => {
    const { ask, user, control, audit, handOver, writes } = await desk()
    const { id, email } = user(1)
    const made = { AWSAccessKeyId: `${id}MADE`, AWSSecretAccessKey: 'secret of the key that was made' }
    const body = JSON.stringify({ UserEmail: email, UserId: id, AWSAccessKeys: [made] })
    control.faults.add({ method: 'POST', status: 200, body })
    control.faults.add({ method: 'GET', service: 'ostor-users', parameters: { id }, status: 400, nth: 2, times: 9 })
    const answer = await ask('POST', `/users/${id}/keys`)
    handOver(answer)
    expect(answer.body).toEqual({ id: `${id}MADE`, secret: made.AWSSecretAccessKey })
    expect(writes()).toHaveLength(1)
    expect(await audit()).toMatchObject([{ outcome: 'done', detail: 'It could not be read back' }])
  })

  test('is not given out when the gateway does not list it', async () => {
    const { ask, user, control, audit } = await desk()
    const { id, email } = user(1)
    const fresh = { AWSAccessKeyId: `${id}GONE`, AWSSecretAccessKey: 'secret of a key that is not there' }
    control.faults.add({
      method: 'POST',
      status: 200,
      body: JSON.stringify({ UserEmail: email, UserId: id, AWSAccessKeys: [fresh] }),
    })
    const { body, text } = await ask('POST', `/users/${id}/keys`)
    expect(body).toMatchObject({ type: '/problems/not-applied', detail: expect.stringContaining(`${id}GONE`) })
    expect(text).not.toContain(fresh.AWSSecretAccessKey)
    expect(await audit()).toMatchObject([{ outcome: 'unknown' }])
  })
})

describe('revoking a key', () => {
  test('goes for the chosen one, and is read back', async () => {
    const { ask, user, writes, audit, oracle } = await desk({ twoKeyUsers: 5 })
    const { id, email, keys } = user(1)
    const [first, second] = keys.map((key) => key.id)
    expect((await ask('DELETE', `/users/${id}/keys/${first}`)).status).toBe(204)
    expect(oracle.user(id)?.keys.map((key) => key.id)).toEqual([second])
    expect(writes()).toEqual([`POST /?ostor-users&emailAddress=${encodeURIComponent(email)}&revokeKey=${first}`])
    expect(await audit()).toMatchObject([
      { action: 'key.revoke', target: first, userId: id, outcome: 'done', after: { keyIds: second } },
    ])
  })

  test('the last key goes only when that is said', async () => {
    const { ask, user, writes } = await desk()
    const path = `/users/${user(1).id}/keys/${user(1).keys[0]?.id}`
    expect((await ask('DELETE', path)).body).toMatchObject({ type: '/problems/last-key', status: 409 })
    expect((await ask('DELETE', path, { acceptLastKey: false })).body.type).toBe('/problems/last-key')
    expect(writes()).toEqual([])
    expect((await ask('DELETE', path, { acceptLastKey: true })).status).toBe(204)
  })

  test('two admins who each revoke one of two keys do not leave the user without one', async () => {
    const { ask, user, writes } = await desk({ twoKeyUsers: 5 })
    const { id, keys } = user(1)
    const replies = await Promise.all(keys.map((key) => ask('DELETE', `/users/${id}/keys/${key.id}`)))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([204, 409]))
    expect(writes()).toHaveLength(1)
  })

  test('an unknown key, or one of another user, is not found', async () => {
    const { ask, user, writes } = await desk()
    for (const keyId of ['ffffffffffffffffABCD', 'constructor', 'a%26genKey', user(2).keys[0]?.id]) {
      const { body } = await ask('DELETE', `/users/${user(1).id}/keys/${keyId}`, { acceptLastKey: true })
      expect.soft(body, keyId ?? '').toMatchObject({ type: '/problems/key-not-found', status: 404 })
    }
    expect(writes()).toEqual([])
  })

  test('the key that the console signs with stays', async () => {
    const { ask, user, simulator, writes } = await desk()
    const path = `/users/${user(0).id}/keys/${simulator.accessKeyId}`
    expect((await ask('DELETE', path, { acceptLastKey: true })).body.type).toBe('/problems/system-user-protected')
    expect(writes()).toEqual([])
  })

  test('a lost answer is done when the key is gone, and unknown when not', async () => {
    const { ask, user, control, audit } = await desk({ twoKeyUsers: 5 })
    const { id, keys } = user(1)
    control.faults.add({ method: 'POST', reset: 'before', nth: 1 })
    control.faults.add({ method: 'POST', reset: 'after', nth: 2 })
    const path = `/users/${id}/keys/${keys[0]?.id}`
    expect((await ask('DELETE', path)).body.type).toBe('/problems/outcome-unknown')
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await audit()).map(({ outcome }) => outcome)).toEqual(['done', 'unknown'])
  })

  test('is refused while the other key may be going, or nobody may have its secret', async () => {
    const { ask, user, control, writes } = await desk({ twoKeyUsers: 5 })
    const { id, keys } = user(1)
    const [first, second] = keys.map((key) => key.id)
    control.faults.add({ method: 'POST', hold: true, reset: 'before', nth: 1 })
    expect((await ask('DELETE', `/users/${id}/keys/${first}`)).body.type).toBe('/problems/outcome-unknown')
    expect((await ask('DELETE', `/users/${id}/keys/${second}`)).body.type).toBe('/problems/being-checked')

    const other = control.users.create({ email: 'orphan@example.com' })
    control.faults.clear()
    control.faults.add({ method: 'POST', reset: 'after', times: 1 })
    await ask('POST', `/users/${other.id}/keys`)
    const sent = writes()
    expect((await ask('DELETE', `/users/${other.id}/keys/${other.keys[0]?.id}`)).body.type).toBe(
      '/problems/being-checked',
    )
    expect(writes()).toEqual(sent)
  })

  test('is not applied when the gateway says yes and still lists the key', async () => {
    const { ask, user, control } = await desk({ twoKeyUsers: 5 })
    control.faults.add({ method: 'POST', status: 200 })
    const { body } = await ask('DELETE', `/users/${user(1).id}/keys/${user(1).keys[0]?.id}`)
    expect(body.type).toBe('/problems/not-applied')
  })

  test('anything but yes or no about the last key is refused', async () => {
    const { ask, user, control } = await desk()
    const path = `/users/${user(1).id}/keys/${user(1).keys[0]?.id}`
    for (const body of [{ acceptLastKey: 'true' }, { acceptLastKey: null }, { accept: true }]) {
      expect.soft((await ask('DELETE', path, body)).status, JSON.stringify(body)).toBe(400)
    }
    expect(control.calls()).toEqual([])
  })
})

test('a gateway that is down is said on every page of keys, and nothing is recorded as sent', async () => {
  const { ask, user, simulator, audit } = await desk()
  const { id, keys } = user(1)
  await simulator.close()
  for (const reply of [
    await ask('GET', `/users/${id}/keys`),
    await ask('POST', `/users/${id}/keys`),
    await ask('DELETE', `/users/${id}/keys/${keys[0]?.id}`, { acceptLastKey: true }),
  ]) {
    expect(reply.body).toMatchObject({ type: '/problems/gateway-unreachable', status: 503 })
  }
  expect(await audit()).toEqual([])
})
