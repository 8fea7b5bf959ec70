import type { UserDetail, UserPage } from '@ostor-console/shared/users'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

const OFF = { state: 'disabled' }

describe('enabling and disabling', () => {
  test('is sent once, read back, listed at once and undone the same way', async () => {
    const { ask, user, writes, audit, oracle } = await desk()
    const { id, email } = user(1)
    await ask('GET', '/users')

    const disabled = await ask<UserDetail>('PUT', `/users/${id}/state`, OFF)
    expect(disabled.status).toBe(200)
    expect(disabled.body).toMatchObject({ id, state: 'disabled' })
    expect((await ask<UserPage>('GET', `/users?search=${id}`)).body.items).toMatchObject([{ state: 'disabled' }])

    expect((await ask<UserDetail>('PUT', `/users/${id}/state`, { state: 'enabled' })).body.state).toBe('enabled')
    expect(oracle.user(id)?.state).toBe('enabled')
    const selector = `/?ostor-users&emailAddress=${encodeURIComponent(email)}`
    expect(writes()).toEqual([`POST ${selector}&disable`, `POST ${selector}&enable`])
    expect(await audit()).toMatchObject([
      {
        action: 'user.enable',
        outcome: 'done',
        userId: id,
        before: { state: 'disabled' },
        after: { state: 'enabled' },
      },
      {
        action: 'user.disable',
        outcome: 'done',
        userId: id,
        before: { state: 'enabled' },
        after: { state: 'disabled' },
      },
    ])
  })

  test('nothing is sent for a user who is in that state already', async () => {
    const { ask, user, writes } = await desk()
    expect((await ask('PUT', `/users/${user(1).id}/state`, { state: 'enabled' })).status).toBe(200)
    expect(writes()).toEqual([])
  })

  test('B13: a system user and the user of the console are protected', async () => {
    const { ask, user, control, writes } = await desk()
    const other = control.users.create({ email: 'ops@example.com', flags: ['system'] })
    for (const { id } of [user(0), other]) {
      const { body } = await ask('PUT', `/users/${id}/state`, OFF)
      expect(body).toMatchObject({ type: '/problems/system-user-protected', status: 403 })
    }
    expect(writes()).toEqual([])
  })

  test('B14: nothing is sent when two users share the e-mail', async () => {
    const { ask, user, control, writes } = await desk()
    const twin = control.users.create({ email: user(1).email })
    for (const { id } of [user(1), twin]) {
      const { body } = await ask('PUT', `/users/${id}/state`, OFF)
      expect(body).toMatchObject({ type: '/problems/email-ambiguous', status: 409 })
    }
    expect(writes()).toEqual([])
  })

  test('B14: twins who are newer than the list are noticed by whom the e-mail selects', async () => {
    const { ask, control, writes } = await desk()
    await ask('GET', '/users')
    control.users.create({ email: 'twin@example.com' })
    const twin = control.users.create({ email: 'twin@example.com' })
    expect((await ask('PUT', `/users/${twin.id}/state`, OFF)).body.type).toBe('/problems/email-ambiguous')
    expect(writes()).toEqual([])
  })

  test('is not applied when the gateway says yes and shows no change', async () => {
    const { ask, user, control, writes, audit } = await desk()
    control.faults.add({ method: 'POST', status: 200 })
    const { status, body } = await ask('PUT', `/users/${user(1).id}/state`, OFF)
    expect(status).toBe(502)
    expect(body).toMatchObject({ type: '/problems/not-applied', detail: 'The user is enabled still' })
    expect(writes()).toHaveLength(1)
    expect(await audit()).toMatchObject([{ outcome: 'unknown', detail: 'The user is enabled still' }])
  })

  test('a lost answer is done when the gateway shows the change, and unknown when it does not', async () => {
    const { ask, user, control, writes, audit } = await desk()
    control.faults.add({ method: 'POST', reset: 'after', times: 1 })
    expect((await ask<UserDetail>('PUT', `/users/${user(1).id}/state`, OFF)).body).toMatchObject({ state: 'disabled' })
    control.faults.add({ method: 'POST', reset: 'before', nth: 1 })
    const { status, body } = await ask('PUT', `/users/${user(2).id}/state`, OFF)
    expect(status).toBe(504)
    expect(body).toMatchObject({ type: '/problems/outcome-unknown', operationId: expect.any(String) })
    expect(writes()).toHaveLength(2)
    expect((await audit()).map(({ outcome }) => outcome)).toEqual(['unknown', 'done'])
  })

  test('another state, or more than a state, is refused, and the gateway is asked nothing', async () => {
    const { ask, user, control } = await desk()
    const path = `/users/${user(1).id}/state`
    for (const body of [{}, { state: 'gone' }, { state: 'ENABLED' }, { state: null }, { ...OFF, force: true }]) {
      expect.soft((await ask('PUT', path, body)).status, JSON.stringify(body)).toBe(400)
    }
    expect(control.calls()).toEqual([])
  })
})

describe('deleting', () => {
  test('takes the e-mail as confirmation, goes by id, is read back and gone from the list', async () => {
    const { ask, control, writes, oracle, audit } = await desk()
    const { id, email } = control.users.create({ email: 'gone@example.com' })
    await ask('GET', '/users')
    expect((await ask('DELETE', `/users/${id}`, { confirmEmail: email })).status).toBe(204)
    expect(oracle.user(id)).toBeUndefined()
    expect(writes()).toEqual([`DELETE /?ostor-users&id=${id}`])
    expect((await ask<UserPage>('GET', `/users?search=${id}`)).body.items).toEqual([])
    expect(await audit()).toMatchObject([{ action: 'user.delete', target: email, userId: id, outcome: 'done' }])
  })

  test('is refused when the confirmation is not the e-mail to the letter', async () => {
    const { ask, control, writes } = await desk()
    const { id } = control.users.create({ email: 'gone@example.com' })
    for (const confirmEmail of ['', 'GONE@example.com', 'gone@example.com ', 'other@example.com', id]) {
      const { body } = await ask('DELETE', `/users/${id}`, { confirmEmail })
      expect.soft(body, confirmEmail).toMatchObject({ type: '/problems/confirmation-wrong', status: 400 })
    }
    expect(writes()).toEqual([])
  })

  test('takes the id where the e-mail is empty, hidden in part or too long to type', async () => {
    const { ask, control } = await desk()
    const long = `${'a'.repeat(300)}@example.com`
    for (const email of ['', 'two words', 'right\u202eleft@example.com', long]) {
      const { id } = control.users.create({ email })
      const wrong = await ask('DELETE', `/users/${id}`, { confirmEmail: email })
      expect.soft(wrong.body.type, email).toBe('/problems/confirmation-wrong')
      expect.soft((await ask('DELETE', `/users/${id}`, { confirmEmail: id })).status, email).toBe(204)
    }
  })

  test('is refused with the names of the buckets that stand in the way', async () => {
    const { ask, control, writes, oracle } = await desk()
    const { id, email } = control.users.create({ email: 'owner@example.com' })
    await ask('GET', '/users')
    for (let n = 100; n < 205; n++) control.buckets.create({ name: `b-${n}`, owner: id })
    const { status, body } = await ask('DELETE', `/users/${id}`, { confirmEmail: email })
    expect(status).toBe(409)
    expect(body).toMatchObject({ type: '/problems/user-has-buckets', detail: 'This user owns 105 buckets' })
    expect(body.buckets).toEqual(oracle.buckets(id).toSorted().slice(0, 100))
    expect(writes()).toEqual([])
  })

  test('says which buckets forbid it when the gateway refuses after a bucket was made in between', async () => {
    const { ask, control, audit } = await desk()
    const { id, email } = control.users.create({ email: 'owner@example.com' })
    control.buckets.create({ name: 'fresh', owner: id })
    control.faults.add({ service: 'ostor-buckets', body: '{"Buckets":[]}', nth: 1 })
    const { body } = await ask('DELETE', `/users/${id}`, { confirmEmail: email })
    expect(body).toMatchObject({ type: '/problems/user-has-buckets', buckets: ['fresh'] })
    expect(await audit()).toMatchObject([{ outcome: 'refused' }])
  })

  test('B13: system users stay', async () => {
    const { ask, user, writes } = await desk()
    const { id, email } = user(0)
    expect((await ask('DELETE', `/users/${id}`, { confirmEmail: email })).body.type).toBe(
      '/problems/system-user-protected',
    )
    expect(writes()).toEqual([])
  })

  test('one of two users with the same e-mail can be deleted, because it goes by id', async () => {
    const { ask, control, oracle } = await desk()
    const [first, second] = [1, 2].map(() => control.users.create({ email: 'twin@example.com' }))
    expect((await ask('DELETE', `/users/${second?.id}`, { confirmEmail: 'twin@example.com' })).status).toBe(204)
    expect(oracle.user(first?.id ?? '')).toBeDefined()
    expect(oracle.user(second?.id ?? '')).toBeUndefined()
  })

  test('a lost answer is done when the user is gone, and unknown when not', async () => {
    const { ask, control, audit } = await desk()
    const users = ['a@example.com', 'b@example.com'].map((email) => control.users.create({ email }))
    control.faults.add({ method: 'DELETE', reset: 'after', nth: 1 })
    control.faults.add({ method: 'DELETE', reset: 'before', nth: 2 })
    const replies = []
    for (const { id, email } of users) replies.push(await ask('DELETE', `/users/${id}`, { confirmEmail: email }))
    expect(replies.map(({ status }) => status)).toEqual([204, 504])
    expect((await audit()).map(({ outcome }) => outcome)).toEqual(['unknown', 'done'])
  })
})
