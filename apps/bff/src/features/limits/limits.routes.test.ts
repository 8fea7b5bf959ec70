import type { Limits } from '@ostor-console/shared/limits'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

const ALL_UNLIMITED = {
  opsPerSecond: { default: 'unlimited', get: 'unlimited', put: 'unlimited', list: 'unlimited', delete: 'unlimited' },
  bandwidth: { out: 'unlimited' },
}

/** A user's limits, or a bucket's. */
const deskFor = async (subject: 'user' | 'bucket', options = {}) => {
  const here = await desk(options)
  const [bucket = ''] = here.oracle.buckets()
  const { id } = here.user(1)
  const path = subject === 'user' ? `/users/${id}/limits` : `/buckets/${bucket}/limits`
  const ids = subject === 'user' ? { userId: id } : { bucket }
  return { ...here, path, ids, name: subject === 'user' ? id : bucket }
}

describe.each(['user', 'bucket'] as const)('limits of a %s', (subject) => {
  test.each(['zeros', 'error'] as const)('never set are unlimited (gateway answers with %s)', async (unsetLimits) => {
    const { ask, path } = await deskFor(subject, { unsetLimits })
    const { status, body } = await ask<Limits>('GET', path)
    expect(status).toBe(200)
    expect(body).toMatchObject({ ...ALL_UNLIMITED, unset: unsetLimits === 'error' })
  })

  test('change where they are named, stay where they are not, and are read back', async () => {
    const { ask, path, ids, oracle, name, audit } = await deskFor(subject)
    const first = await ask<Limits>('PUT', path, { opsPerSecond: { get: 10, put: 3600 }, bandwidth: { out: 100 } })
    expect(first.status).toBe(200)
    const second = await ask<Limits>('PUT', path, { opsPerSecond: { get: 'unlimited', list: 7 } })
    expect(second.body).toMatchObject({
      opsPerSecond: { default: 'unlimited', get: 'unlimited', put: 3600, list: 7, delete: 'unlimited' },
      bandwidth: { out: 100 },
      unset: false,
    })
    expect(oracle.limits(name)).toMatchObject({ 'ops:put': 3600, 'ops:list': 7, 'bandwidth:out': 100 })
    expect((await ask<Limits>('GET', path)).body).toMatchObject({ version: second.body.version })
    expect(await audit()).toMatchObject([
      {
        action: 'limits.change',
        ...ids,
        outcome: 'done',
        before: { 'opsPerSecond.get': '10' },
        after: { 'opsPerSecond.get': 'unlimited', 'opsPerSecond.list': '7' },
      },
      { action: 'limits.change', ...ids, outcome: 'done' },
    ])
  })

  test.each(['A', 'B'] as const)(
    'D11: are the same figures where the gateway understands form %s only',
    async (limitsDialect) => {
      const { ask, path } = await deskFor(subject, { limitsDialect })
      const change = { opsPerSecond: { default: 1, delete: 2 }, bandwidth: { out: 3 } }
      const { status, body } = await ask<Limits>('PUT', path, change)
      expect(status).toBe(200)
      expect(body).toMatchObject({ opsPerSecond: { default: 1, get: 'unlimited', delete: 2 }, bandwidth: { out: 3 } })
    },
  )

  test('B34: what was changed in the meantime is not overwritten', async () => {
    const { ask, path, writes } = await deskFor(subject)
    const seen = await ask<Limits>('GET', path)
    const ifMatch = { 'if-match': seen.body.version }
    expect((await ask('PUT', path, { opsPerSecond: { get: 10 } }, ifMatch)).status).toBe(200)
    const sent = writes().length
    const { status, body } = await ask('PUT', path, { opsPerSecond: { get: 20 } }, ifMatch)
    expect(status).toBe(412)
    expect(body).toMatchObject({
      type: '/problems/changed-meanwhile',
      detail: expect.stringContaining('opsPerSecond.get 10'),
    })
    expect(writes()).toHaveLength(sent)
  })

  test('two admins with the same picture do not overwrite each other', async () => {
    const { ask, path } = await deskFor(subject)
    const { version } = (await ask<Limits>('GET', path)).body
    const replies = await Promise.all(
      [10, 20].map((get) => ask('PUT', path, { opsPerSecond: { get } }, { 'if-match': `"${version}"` })),
    )
    expect(replies.map(({ status }) => status)).toEqual([200, 412])
  })

  test.each([
    ['opsPerSecond', { ...ALL_UNLIMITED, bandwidth: { out: 5 } }],
    ['bandwidth', { opsPerSecond: { ...ALL_UNLIMITED.opsPerSecond, get: 10 }, bandwidth: { out: 'unlimited' } }],
    ['all', ALL_UNLIMITED],
  ])('are removed by group: %s', async (group, expected) => {
    const { ask, path, ids, audit } = await deskFor(subject)
    await ask('PUT', path, { opsPerSecond: { get: 10 }, bandwidth: { out: 5 } })
    const { status, body } = await ask<Limits>('DELETE', path, { group })
    expect(status).toBe(200)
    expect(body).toMatchObject(expected)
    expect((await audit())[0]).toMatchObject({ action: 'limits.remove', ...ids, outcome: 'done' })
  })

  test('a change that the gateway accepts and does not make is said with field, wanted and found', async () => {
    const { ask, path, control, audit } = await deskFor(subject)
    control.faults.add({ method: 'PUT', status: 200 })
    const { status, body } = await ask('PUT', path, { opsPerSecond: { get: 10 } })
    expect(status).toBe(502)
    expect(body).toMatchObject({
      type: '/problems/not-applied',
      detail: expect.stringMatching(/get.* unlimited in place of 10/),
    })
    expect(await audit()).toMatchObject([{ outcome: 'unknown', detail: body.detail }])
  })

  test('a lost answer is done when the limit is there, and unknown when not', async () => {
    const { ask, path, control, writes, audit } = await deskFor(subject)
    control.faults.add({ method: 'PUT', reset: 'before', nth: 1 })
    control.faults.add({ method: 'PUT', reset: 'after', nth: 2 })
    const change = { bandwidth: { out: 10 } }
    expect((await ask('PUT', path, change)).body.type).toBe('/problems/outcome-unknown')
    expect(writes()).toHaveLength(1)
    expect((await ask<Limits>('PUT', path, change)).body).toMatchObject({ bandwidth: { out: 10 } })
    expect((await audit()).map(({ outcome }) => outcome)).toEqual(['done', 'unknown'])
  })
})

describe('whose limits', () => {
  test('a user who shares the e-mail is addressed by id', async () => {
    const { ask, user, control, writes, oracle } = await desk()
    const twin = control.users.create({ email: user(1).email })
    expect((await ask('PUT', `/users/${twin.id}/limits`, { bandwidth: { out: 9 } })).status).toBe(200)
    expect(writes().every((url) => url.includes(`&id=${twin.id}`))).toBe(true)
    expect(oracle.limits(user(1).id)).toBeUndefined()
    expect((await ask<Limits>('GET', `/users/${twin.id}/limits`)).body.bandwidth).toEqual({ out: 9 })
    expect((await ask<Limits>('GET', `/users/${user(1).id}/limits`)).body.bandwidth).toEqual({ out: 'unlimited' })
  })

  test('an unknown user has none', async () => {
    const { ask, writes } = await desk()
    const path = '/users/ffffffffffffffff/limits'
    for (const reply of [
      await ask('GET', path),
      await ask('PUT', path, { bandwidth: { out: 1 } }),
      await ask('DELETE', path, { group: 'all' }),
    ]) {
      expect(reply.body).toMatchObject({ type: '/problems/user-not-found', status: 404 })
    }
    expect(writes()).toEqual([])
  })

  test('B15, B17, B19, B20: an unknown bucket is said, whatever its limits look like, and nothing is written', async () => {
    const { ask, writes, control } = await desk()
    control.faults.add({ service: 'ostor-limits', method: 'GET', status: 404, code: 'LimitsDisabled' })
    const malformed = ['ab', 'A_B', '-a', 'a-', 'a..b', '192.168.1.1', 'xn--a', 'x'.repeat(64)]
    const sly = ['a%26emailAddress=victim@x.com', 'constructor', '__proto__', 'toString', 'hasOwnProperty']
    for (const bucket of [...malformed, ...sly]) {
      const path = `/buckets/${bucket}/limits`
      for (const reply of [
        await ask('GET', path),
        await ask('PUT', path, { bandwidth: { out: 1 } }),
        await ask('DELETE', path, { group: 'all' }),
      ]) {
        expect.soft(reply.body, bucket).toMatchObject({ type: '/problems/bucket-not-found', status: 404 })
      }
    }
    expect(writes()).toEqual([])
  })

  test('B16, B20: a bucket of such a name that the gateway does have is like any other', async () => {
    const { ask, user, control } = await desk()
    for (const name of ['A_B', '__proto__', 'a&b=c/d']) {
      control.buckets.create({ name, owner: user(1).id })
      const path = `/buckets/${encodeURIComponent(name)}/limits`
      expect((await ask<Limits>('PUT', path, { bandwidth: { out: 4 } })).body).toMatchObject({ bandwidth: { out: 4 } })
    }
  })
})
