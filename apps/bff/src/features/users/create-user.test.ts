import type { NewAccessKey } from '@ostor-console/shared/keys'
import type { User, UserPage } from '@ostor-console/shared/users'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

type Created = { user: User; key: NewAccessKey | null }
const EMAIL = 'new@example.com'

const BAD_EMAILS: [row: string, email: unknown, code: string][] = [
  ['B1', '', 'email_required'],
  ['B1', '   ', 'email_required'],
  ['B2', 'a@b', 'email_invalid'],
  ['B2', '"a b"@example.com', 'email_invalid'],
  ['B3', 'user@example.com ', 'email_invalid'],
  ['B3', '\tuser@example.com', 'email_invalid'],
  ['B3', 'us\u0000er@example.com', 'email_unsupported_character'],
  ['B4', 'a&disable@example.com', 'email_unsupported_character'],
  ['B4', 'a#b@example.com', 'email_unsupported_character'],
  ['B4', 'a%00@example.com', 'email_unsupported_character'],
  ['B4', 'a?genKey@x.com', 'email_unsupported_character'],
  ['B5', '=cmd|calc@example.com', 'email_unsupported_character'],
  ['B5', '@SUM@x.com', 'email_invalid'],
  ['B7', `${'a'.repeat(65)}@x.com`, 'email_invalid'],
  ['B7', `a@${'d'.repeat(64)}.com`, 'email_invalid'],
  ['B7', `a@${'d.'.repeat(130)}com`, 'email_too_long'],
  ['B9', 'uѕer@example.com', 'email_ascii_only'],
  ['B9', 'user@пример.рф', 'email_ascii_only'],
  ['B10', 'user@exam\u202eple.com', 'email_ascii_only'],
  ['B10', 'us\u200der@example.com', 'email_ascii_only'],
  ['B11', 'a@x.com,b@x.com', 'email_invalid'],
  ['B11', 'a@x.com;b@x.com', 'email_invalid'],
  ['', 7, 'invalid_type'],
  ['', null, 'invalid_type'],
  ['', undefined, 'invalid_type'],
]

describe('a new user', () => {
  test('is made once, listed at once, and the secret of the first key is shown once', async () => {
    const { ask, writes, handOver, oracle, audit } = await desk()
    await ask('GET', '/users')
    const created = await ask<Created>('POST', '/users', { email: EMAIL })
    handOver(created)

    const made = oracle.users().find(({ email }) => email === EMAIL)
    expect(created.status).toBe(201)
    expect(created.headers['cache-control']).toBe('no-store')
    expect(created.body).toEqual({
      user: expect.objectContaining({ id: made?.id, email: EMAIL, state: 'enabled', protected: false, bucketCount: 0 }),
      key: { id: made?.keys[0]?.id, secret: made?.keys[0]?.secret },
    })
    expect(writes()).toEqual(['PUT /?ostor-users&emailAddress=new%40example.com'])
    expect((await ask<UserPage>('GET', `/users?search=${EMAIL}`)).body.items).toMatchObject([{ id: made?.id }])
    expect(await audit()).toMatchObject([
      { action: 'user.create', target: EMAIL, userId: made?.id, outcome: 'done', actor: 'admin@example.com' },
    ])
  })

  test('is handed over when they cannot be read back, and the audit says so', async () => {
    const { ask, handOver, control, audit, oracle } = await desk()
    await ask('GET', '/users')
    control.faults.add({ method: 'GET', service: 'ostor-users', parameters: { id: null }, status: 400 })
    const created = await ask<Created>('POST', '/users', { email: EMAIL })
    handOver(created)
    const made = oracle.users().find(({ email }) => email === EMAIL)
    expect(created.body).toMatchObject({
      user: { id: made?.id, state: 'unknown' },
      key: { secret: made?.keys[0]?.secret },
    })
    expect(await audit()).toMatchObject([{ outcome: 'done', detail: 'It could not be read back' }])
  })

  test('B8: another letter case of a user who is newer than the list is noticed, and nothing is sent', async () => {
    const { ask, writes, control } = await desk()
    await ask('GET', '/users')
    control.users.create({ email: 'New@Example.com' })
    const refused = await ask('POST', '/users', { email: EMAIL })
    expect(refused.body.type).toBe('/problems/email-exists-with-other-case')
    expect(writes()).toEqual([])
  })

  test('B5, B6, B7: unusual and long addresses arrive at the gateway as they were typed', async () => {
    const { ask, handOver, oracle } = await desk()
    const longest = `${'a'.repeat(64)}@${'d'.repeat(63)}.${'e'.repeat(63)}.${'f'.repeat(57)}.com`
    for (const email of ["o'brien@example.com", 'a/b@example.com', 'a`b@x.com', '+1@x.com', '-1@x.com', longest]) {
      const created = await ask<Created>('POST', '/users', { email })
      handOver(created)
      expect.soft(created.status, email).toBe(201)
      expect.soft(oracle.user(created.body.user.id)?.email).toBe(email)
    }
  })

  test('B1–B11: what is no address is refused by name, and the gateway is left alone', async () => {
    const { ask, control } = await desk()
    for (const [row, email, code] of BAD_EMAILS) {
      const { status, body } = await ask('POST', '/users', { email })
      expect
        .soft([status, body.type, body.errors], `${row} ${JSON.stringify(email)}`)
        .toMatchObject([400, '/problems/request-invalid', [{ pointer: '/body/email', code }]])
    }
    expect(control.calls()).toEqual([])
  })

  test('a field that nobody knows is refused', async () => {
    const { ask, writes } = await desk()
    const { body } = await ask('POST', '/users', { email: EMAIL, admin: true })
    expect(body.errors).toMatchObject([{ pointer: '/body/admin', code: 'unknown_field' }])
    expect(writes()).toEqual([])
  })

  test('an e-mail that exists is refused before anything is sent, also when it is newer than the list', async () => {
    const { ask, control, user, writes, audit } = await desk()
    const other = await ask('POST', '/users', { email: user(1).email })
    expect(other.body).toMatchObject({ type: '/problems/email-exists', status: 409 })

    control.users.create({ email: EMAIL })
    expect((await ask('POST', '/users', { email: EMAIL })).body.type).toBe('/problems/email-exists')
    expect(writes()).toEqual([])
    expect(await audit()).toEqual([])
  })

  test('B8: an e-mail that exists in other letter case is refused', async () => {
    const { ask, user, writes } = await desk()
    const { body } = await ask('POST', '/users', { email: user(1).email.toUpperCase() })
    expect(body).toMatchObject({ type: '/problems/email-exists-with-other-case', status: 409 })
    expect(writes()).toEqual([])
  })

  test('B13: the e-mail of the system user exists as well', async () => {
    const { ask, user, writes } = await desk()
    expect((await ask('POST', '/users', { email: user(0).email })).body.type).toBe('/problems/email-exists')
    expect(writes()).toEqual([])
  })

  test('a gateway that answers with a user from before made none, and shows no key', async () => {
    const { ask, control, user, audit } = await desk({ createDuplicate: 'same' })
    const { id, email } = user(1)
    control.faults.add({ method: 'GET', service: 'ostor-users', parameters: { emailAddress: email }, status: 404 })
    control.faults.add({
      method: 'PUT',
      status: 200,
      body: JSON.stringify({
        UserEmail: EMAIL,
        UserId: id,
        AWSAccessKeys: [{ AWSAccessKeyId: 'x', AWSSecretAccessKey: 'y' }],
      }),
    })
    expect((await ask('POST', '/users', { email: EMAIL })).body.type).toBe('/problems/email-exists')
    expect(await audit()).toMatchObject([{ action: 'user.create', outcome: 'refused' }])
  })

  test('two admins who make the same user at the same time make one', async () => {
    const { ask, handOver, writes } = await desk({ createDuplicate: 'second' })
    const replies = await Promise.all([1, 2].map(() => ask<Created>('POST', '/users', { email: EMAIL })))
    for (const reply of replies) handOver(reply)
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201, 409]))
    expect(writes()).toHaveLength(1)
  })
})

describe('a new user whose answer is lost', () => {
  test('is there when the gateway shows them, and their key is not read out', async () => {
    const { ask, control, writes, audit, oracle } = await desk()
    control.faults.add({ method: 'PUT', reset: 'after' })
    const { status, body } = await ask<Created>('POST', '/users', { email: EMAIL })
    expect(status).toBe(201)
    expect(body).toMatchObject({ user: { id: oracle.users().at(-1)?.id, email: EMAIL }, key: null })
    expect(writes()).toHaveLength(1)
    expect(await audit()).toMatchObject([{ outcome: 'done', userId: body.user.id }])
  })

  test('is unknown when the gateway does not show them, and nothing is sent again', async () => {
    const { ask, control, writes, audit } = await desk()
    control.faults.add({ method: 'PUT', reset: 'before' })
    const { status, body } = await ask('POST', '/users', { email: EMAIL })
    expect(status).toBe(504)
    expect(body).toMatchObject({ type: '/problems/outcome-unknown', operationId: expect.any(String) })
    expect(writes()).toHaveLength(1)
    expect(await audit()).toMatchObject([{ outcome: 'unknown', target: EMAIL }])
  })

  test('a refusal is no lost answer', async () => {
    const { ask, control, audit } = await desk()
    control.faults.add({ method: 'PUT', status: 400, code: 'InvalidURI', message: 'no' })
    expect((await ask('POST', '/users', { email: EMAIL })).body).toMatchObject({
      type: '/problems/gateway-refused',
      status: 502,
    })
    expect(await audit()).toMatchObject([{ outcome: 'refused' }])
  })
})
