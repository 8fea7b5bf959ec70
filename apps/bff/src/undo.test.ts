import type { Limits } from '@ostor-console/shared/limits'
import { describe, expect, test } from 'vitest'
import { desk } from '../test/desk.ts'
import { auditOf } from './adapters/store/audit.ts'

/** An admin at work, who undoes the nth newest of what was done. */
const undoing = async () => {
  const here = await desk()
  const { ask, audit, user } = here
  return {
    ...here,
    id: user(1).id,
    undo: async (nth = 0) => ask('POST', `/audit/${(await audit())[nth]?.id}/undo`, {}),
    disable: () => ask('PUT', `/users/${user(1).id}/state`, { state: 'disabled' }),
    limit: (change: object) => ask<Limits>('PUT', `/users/${user(1).id}/limits`, change),
    canUndo: async () => (await audit()).map((entry) => entry.canUndo),
  }
}

describe('undoing', () => {
  test('sets a user back to the state from before, as an operation that can be undone in turn', async () => {
    const { undo, disable, oracle, id, audit, canUndo } = await undoing()
    await disable()
    expect((await undo()).status).toBe(204)
    expect(oracle.user(id)?.state).toBe('enabled')
    expect(await audit()).toMatchObject([
      {
        action: 'user.enable',
        userId: id,
        before: { state: 'disabled' },
        after: { state: 'enabled' },
        outcome: 'done',
      },
      { action: 'user.disable' },
    ])
    expect(await canUndo()).toEqual([true, false])
    expect((await undo()).status).toBe(204)
    expect(oracle.user(id)?.state).toBe('disabled')
  })

  test('sets back the limits that were changed, and leaves the others as they are', async () => {
    const { undo, limit, oracle, id } = await undoing()
    await limit({ opsPerSecond: { get: 10, put: 20 }, bandwidth: { out: 100 } })
    await limit({ opsPerSecond: { get: 'unlimited', list: 5 }, bandwidth: { out: 7 } })
    expect((await undo()).status).toBe(204)
    expect(oracle.limits(id)).toMatchObject({ 'ops:get': 10, 'ops:put': 20, 'ops:list': 0, 'bandwidth:out': 100 })
  })

  test.each(['opsPerSecond', 'bandwidth', 'all'])('gives removed limits back (%s)', async (group) => {
    const { ask, undo, limit, id } = await undoing()
    const { body } = await limit({ opsPerSecond: { get: 10, delete: 3 }, bandwidth: { out: 100 } })
    await ask('DELETE', `/users/${id}/limits`, { group })
    expect((await undo()).status).toBe(204)
    expect((await ask<Limits>('GET', `/users/${id}/limits`)).body.version).toBe(body.version)
  })

  test('gives a bucket its limits back', async () => {
    const { ask, undo, oracle } = await undoing()
    const [bucket = ''] = oracle.buckets()
    await ask('PUT', `/buckets/${bucket}/limits`, { opsPerSecond: { get: 10 } })
    await ask('DELETE', `/buckets/${bucket}/limits`, { group: 'all' })
    expect((await undo()).status).toBe(204)
    expect(oracle.limits(bucket)).toMatchObject({ 'ops:get': 10 })
  })

  test('is for the last change only, of which limits and state have one each', async () => {
    const { undo, disable, limit, canUndo, writes } = await undoing()
    await limit({ opsPerSecond: { get: 10 } })
    await limit({ opsPerSecond: { get: 20 } })
    await disable()
    expect(await canUndo()).toEqual([true, true, false])
    const sent = writes()
    expect((await undo(2)).body).toMatchObject({ type: '/problems/cannot-undo', status: 409 })
    expect(writes()).toEqual(sent)
  })

  test('does not overwrite what somebody changed at the gateway', async () => {
    const { undo, disable, limit, cluster, writes, id, user } = await undoing()
    await disable()
    await limit({ opsPerSecond: { get: 10 } })
    const target = { userId: id, email: user(1).email }
    await cluster.gateway.setUserState(target.email, 'enabled')
    const change = { opsPerSecond: { get: 30 } }
    await cluster.gateway.changeLimits(target, await cluster.gateway.getLimits(target), change)
    const sent = writes()
    for (const [nth, now] of ['opsPerSecond.get 30', 'enabled'].entries()) {
      const { status, body } = await undo(nth)
      expect([status, body.type]).toEqual([412, '/problems/changed-meanwhile'])
      expect(body.detail).toContain(now)
    }
    expect(writes()).toEqual(sent)
  })

  test('50 wishes at once are one change', async () => {
    const { ask, audit, disable, writes } = await undoing()
    await disable()
    const [last] = await audit()
    const sent = writes().length
    const replies = await Promise.all(Array.from({ length: 50 }, () => ask('POST', `/audit/${last?.id}/undo`, {})))
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(49)
    expect(writes()).toHaveLength(sent + 1)
  })

  test('is not offered for what was refused, and a refusal does not stand in the way', async () => {
    const { disable, canUndo, control, undo, oracle, id } = await undoing()
    await disable()
    control.faults.add({ method: 'POST', service: 'ostor-users', status: 403, code: 'AccessDenied', times: 1 })
    expect((await undo()).status).toBe(502)
    expect(await canUndo()).toEqual([false, true])
    expect((await undo(1)).status).toBe(204)
    expect(oracle.user(id)?.state).toBe('enabled')
  })

  test('is not offered while it is not known how a later change ended', async () => {
    const { disable, canUndo, control, undo } = await undoing()
    await disable()
    control.faults.add({ method: 'POST', service: 'ostor-users', reset: 'before', times: 1 })
    expect((await undo()).body.type).toBe('/problems/outcome-unknown')
    expect(await canUndo()).toEqual([false, false])
  })

  test('is not offered for keys, nor once the user is gone', async () => {
    const { ask, control, handOver, limit, canUndo, undo } = await undoing()
    const { id, email } = control.users.create({ email: 'leaving@example.com', keys: 0 })
    handOver(await ask('POST', `/users/${id}/keys`))
    await ask('PUT', `/users/${id}/limits`, { opsPerSecond: { get: 10 } })
    await limit({ opsPerSecond: { get: 10 } })
    await ask('DELETE', `/users/${id}`, { confirmEmail: email })
    expect(await canUndo()).toEqual([false, true, false, false])
    expect((await undo()).status).toBe(409)
  })

  test('what did not come about is done again, once', async () => {
    const { ask, audit, disable, limit, control, oracle, id } = await undoing()
    await limit({ opsPerSecond: { get: 10 } })
    control.faults.add({ method: 'PUT', service: 'ostor-limits', status: 403, code: 'AccessDenied' })
    await limit({ opsPerSecond: { get: 20 }, bandwidth: { out: 5 } })
    control.faults.add({ method: 'POST', service: 'ostor-users', status: 403, code: 'AccessDenied', times: 1 })
    await disable()
    control.faults.clear()
    const refused = await audit()
    expect(refused.map(({ outcome, canRepeat, canUndo }) => [outcome, canRepeat, canUndo])).toEqual([
      ['refused', true, false],
      ['refused', true, false],
      ['done', false, true],
    ])
    for (const { id: operation } of refused.slice(0, 2))
      expect((await ask('POST', `/audit/${operation}/repeat`, {})).status).toBe(204)
    expect(oracle.user(id)?.state).toBe('disabled')
    expect(oracle.limits(id)).toMatchObject({ 'ops:get': 20, 'bandwidth:out': 5 })
    for (const { id: operation } of refused)
      expect((await ask('POST', `/audit/${operation}/repeat`, {})).body.type).toBe('/problems/cannot-repeat')
  })

  test('what did not come about is not done again over what somebody changed since', async () => {
    const { ask, audit, disable, control, cluster, user } = await undoing()
    control.faults.add({ method: 'POST', service: 'ostor-users', status: 403, code: 'AccessDenied', times: 1 })
    await disable()
    await cluster.gateway.setUserState(user(1).email, 'disabled')
    const { body } = await ask('POST', `/audit/${(await audit())[0]?.id}/repeat`, {})
    expect(body.type).toBe('/problems/changed-meanwhile')
  })

  test('is refused where the state from before was not known', async () => {
    const { ask, store, canUndo, undo, id, writes } = await undoing()
    const entry = { actor: 'ana', cluster: 'demo', target: '', userId: id, before: { state: 'unknown' } } as const
    await auditOf(store).record({ ...entry, action: 'user.enable', after: { state: 'enabled' }, outcome: 'done' })
    expect(await canUndo()).toEqual([true])
    expect((await undo()).body).toMatchObject({ type: '/problems/cannot-undo' })
    expect((await ask('GET', `/users/${id}`)).status).toBe(200)
    expect(writes()).toEqual([])
  })

  test('of a bucket that was made anew under its name is refused', async () => {
    const { oracle, store, undo, writes } = await undoing()
    const [bucket = ''] = oracle.buckets()
    const entry = {
      actor: 'ana',
      cluster: 'demo',
      target: bucket,
      bucket,
      before: { 'opsPerSecond.get': '10' },
    } as const
    const long = { now: () => new Date('2020-01-01T00:00:00Z') }
    await auditOf(store, long).record({
      ...entry,
      action: 'limits.change',
      after: { 'opsPerSecond.get': 'unlimited' },
      outcome: 'done',
    })
    expect((await undo()).body).toMatchObject({
      type: '/problems/cannot-undo',
      detail: expect.stringContaining('anew'),
    })
    expect(writes()).toEqual([])
  })

  test('of what there is not is refused', async () => {
    const { ask } = await undoing()
    expect((await ask('POST', '/audit/nothing/undo', {})).body).toMatchObject({
      type: '/problems/operation-not-found',
      status: 404,
    })
  })
})
