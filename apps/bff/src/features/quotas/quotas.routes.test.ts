import type { Quota } from '@ostor-console/shared/quotas'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'
import { testClock } from '../../../test/test-clock.ts'

type Whose = 'user' | 'bucket' | 'every user' | 'every bucket'
const WHOSE: Whose[] = ['user', 'bucket', 'every user', 'every bucket']

const deskFor = async (whose: Whose, options = {}) => {
  const here = await desk(options)
  const [bucket = ''] = here.oracle.buckets()
  const { id } = here.user(1)
  const path = {
    user: `/users/${id}/quota`,
    bucket: `/buckets/${bucket}/quota`,
    'every user': '/quotas/defaults/user',
    'every bucket': '/quotas/defaults/bucket',
  }[whose]
  return { ...here, path, set: (size: unknown, headers = {}) => here.ask<Quota>('PUT', path, { size }, headers) }
}

describe.each(WHOSE)('the quota of %s', (whose) => {
  test('is unlimited, is set, read back and removed, and each of it stands in the audit', async () => {
    const { ask, path, set, audit } = await deskFor(whose)
    expect((await ask<Quota>('GET', path)).body).toMatchObject({ size: 'unlimited' })
    expect((await set(500)).body).toMatchObject({ size: 500, isUnitKnown: true })
    expect((await ask<Quota>('GET', path)).body).toMatchObject({ size: 500 })
    expect((await set('unlimited')).body).toMatchObject({ size: 'unlimited' })
    const action = whose.startsWith('every') ? 'quota.default' : 'quota.change'
    expect(await audit()).toMatchObject([
      { action, outcome: 'done', before: { size: '500' }, after: { size: 'unlimited' } },
      { action, outcome: 'done', before: { size: 'unlimited' }, after: { size: '500' } },
    ])
  })

  test('is not overwritten when somebody changed it meanwhile', async () => {
    const { ask, path, set, writes } = await deskFor(whose)
    const { version } = (await ask<Quota>('GET', path)).body
    await set(500)
    const sent = writes()
    const { status, body } = await set(700, { 'if-match': version })
    expect([status, body]).toEqual([412, expect.objectContaining({ detail: 'Now it is 500 GB' })])
    expect(writes()).toEqual(sent)
  })

  test('that the gateway acknowledges and ignores is not called done', async () => {
    const { set, control } = await deskFor(whose)
    control.faults.add({ method: 'PUT', status: 200 })
    const { body } = await set(500)
    expect(body).toMatchObject({
      type: '/problems/not-applied',
      detail: 'The gateway shows unlimited in place of 500 GB',
    })
  })

  test('whose answer was lost is done when it is there, and unknown when not', async () => {
    const { set, control } = await deskFor(whose)
    control.faults.add({ method: 'PUT', reset: 'after', nth: 1 })
    expect((await set(500)).body).toMatchObject({ size: 500 })
    control.faults.add({ method: 'PUT', reset: 'before', nth: 1 })
    expect((await set(700)).body).toMatchObject({ type: '/problems/outcome-unknown' })
  })
})

test.each([0, -1, 1.5, '500', '', null, true, 1_000_000_001, 1e21, [], {}])(
  'a size of %j is refused at its field, and the gateway is asked nothing',
  async (size) => {
    const { set, control } = await deskFor('user')
    control.clearCalls()
    const { status, body } = await set(size)
    expect(status).toBe(400)
    expect(body).toMatchObject({ type: '/problems/request-invalid', errors: [{ pointer: '/body/size' }] })
    expect(control.calls()).toEqual([])
  },
)

test('what else is no change of a quota is refused', async () => {
  const { ask, path, control } = await deskFor('user')
  control.clearCalls()
  for (const body of [{}, { size: 5, more: 1 }, { quota: 5 }]) expect((await ask('PUT', path, body)).status).toBe(400)
  expect((await ask('PUT', '/quotas/defaults/cluster', { size: 5 })).status).toBe(400)
  expect(control.calls()).toEqual([])
})

test('the quota of all is answered as it was read some minutes ago, unless it is asked for anew', async () => {
  const { now, later: pass } = testClock(Date.UTC(2026, 10, 29, 12))
  const { ask, control } = await desk({ now: now().toISOString() }, { now })
  control.clock.freeze()
  const later = (ms: number): void => {
    pass(ms)
    control.clock.setNow(now())
  }
  const path = '/quotas/defaults/bucket'
  const read = async (query = '') => (await ask<Quota>('GET', `${path}${query}`)).body.readAt
  const first = await read()
  later(360_000)
  control.clearCalls()
  expect(await read()).toBe(first)
  expect(control.calls()).toEqual([])
  expect(await read('?fresh=true')).toBe(now().toISOString())
  later(360_001)
  expect(await read()).toBe(now().toISOString())
  expect(control.calls()).toHaveLength(2)
})

test('of an unknown user or bucket there is none', async () => {
  const { ask, writes } = await deskFor('user')
  for (const [path, kind] of [
    ['/users/ffffffffffffffff/quota', 'user-not-found'],
    ['/buckets/nowhere/quota', 'bucket-not-found'],
  ] as const) {
    expect((await ask('GET', path)).body.type).toBe(`/problems/${kind}`)
    expect((await ask('PUT', path, { size: 5 })).body.type).toBe(`/problems/${kind}`)
  }
  expect(writes()).toEqual([])
})

test('a change is undone, apart from that of limits', async () => {
  const { ask, set, audit, user, path } = await deskFor('user')
  await set(500)
  await set(700)
  await ask('PUT', `/users/${user(1).id}/limits`, { opsPerSecond: { get: 5 } })
  const [, last] = await audit()
  expect((await audit()).map(({ canUndo }) => canUndo)).toEqual([true, true, false])
  expect((await ask('POST', `/audit/${last?.id}/undo`, {})).status).toBe(204)
  expect((await ask<Quota>('GET', path)).body.size).toBe(500)
})
