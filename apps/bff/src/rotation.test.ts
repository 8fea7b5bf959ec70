import type { AccessKey, NewAccessKey } from '@ostor-console/shared/keys'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import { describe, expect, test } from 'vitest'
import { DAY, inTime, list, MINUTE, pass } from '../test/waiting.ts'
import { watched } from '../test/watched.ts'

/** A user whose only key is replaced by a new one, and is to be revoked in a week. */
const withRotation = async () => {
  const here = await watched()
  const { id, keys } = here.user(1)
  const old = keys[0]?.id ?? ''
  const asked = await here.ask<{ key: NewAccessKey; scheduled: ScheduledChange }>(
    'POST',
    `/users/${id}/keys/${old}/rotation`,
    { dueAt: inTime(here, 7 * DAY) },
  )
  here.handOver(asked)
  expect(asked.status).toBe(201)
  const ids = () => here.user(1).keys.map((key) => key.id)
  return { here, id, old, asked, fresh: asked.body.key.id, ids, work: here.startWork() }
}

describe('a key that is rotated', () => {
  test('works beside the new one until its date, and is revoked then', async () => {
    const { here, id, old, fresh, asked, ids, work } = await withRotation()
    expect(asked.headers['cache-control']).toBe('no-store')
    expect(asked.body.key.secret).toBe(here.user(1).keys.find((key) => key.id === fresh)?.secret)
    expect(asked.body.scheduled).toMatchObject({ keyId: old, newKeyId: fresh, state: 'waiting', isRotation: true })
    await work.round()
    await pass(here, 6 * DAY)
    await work.round()
    expect(ids()).toEqual([old, fresh])
    await pass(here, 2 * DAY)
    await work.round()
    expect(ids()).toEqual([fresh])
    expect((await list(here)).ended).toMatchObject([{ state: 'done', keyId: old }])
    const { body } = await here.ask<AccessKey[]>('GET', `/users/${id}/keys`)
    expect(body).toMatchObject([{ id: fresh, made: { by: 'admin@example.com' } }])
  })

  test('is kept when the new one is no longer there, since the user would be left without', async () => {
    const { here, id, old, fresh, ids, work } = await withRotation()
    expect((await here.ask('DELETE', `/users/${id}/keys/${fresh}`)).status).toBe(204)
    await pass(here, 8 * DAY)
    await work.round()
    expect(ids()).toEqual([old])
    expect((await list(here)).ended).toMatchObject([{ state: 'failed', detail: expect.stringContaining(fresh) }])
  })

  test('is refused when there is no place for the new one, and says which could be freed', async () => {
    const here = await watched({ twoKeyUsers: 5 })
    const { id, keys } = here.user(1)
    const [first, second] = keys.map((key) => key.id)
    const { body } = await here.ask('POST', `/users/${id}/keys/${first}/rotation`, { dueAt: inTime(here, DAY) })
    expect(body).toMatchObject({ type: '/problems/key-limit-reached', detail: expect.stringContaining(`${second}`) })
    expect(here.writes()).toEqual([])
    expect(await list(here)).toEqual({ open: [], ended: [] })
  })

  test('stays as it is when the answer with the new one is lost; that one is revoked, as nobody saw its secret', async () => {
    const here = await watched()
    const { id, keys } = here.user(1)
    const old = keys[0]?.id ?? ''
    const work = here.startWork()
    here.control.faults.add({ method: 'POST', reset: 'after', times: 1 })
    const { status } = await here.ask('POST', `/users/${id}/keys/${old}/rotation`, { dueAt: inTime(here, DAY) })
    expect(status).toBe(504)
    expect((await list(here)).open).toMatchObject([{ state: 'preparing' }])
    await here.round()
    await pass(here, MINUTE)
    await here.round()
    await work.round()
    expect(here.user(1).keys.map((key) => key.id)).toEqual([old])
    expect((await list(here)).ended).toMatchObject([{ state: 'failed', detail: expect.stringContaining('revoked') }])
    await pass(here, 2 * DAY)
    await work.round()
    expect(here.user(1).keys).toHaveLength(1)
  })

  test('is known when the console ends between the hand-over and the row that waits', async () => {
    const here = await watched()
    const { id, email, keys } = here.user(1)
    const old = keys[0]?.id ?? ''
    const wanted = {
      cluster: 'demo',
      action: 'key.revoke',
      userId: id,
      email,
      keyId: old,
      acceptLastKey: false,
      askedBy: 'admin@example.com',
      dueAt: new Date(here.now().getTime() + DAY),
    } as const
    const never = await here.scheduled.prepare(wanted)
    const work = here.startWork()
    await pass(here, 2 * MINUTE)
    await work.round()
    expect((await list(here)).ended).toMatchObject([{ id: never.id, state: 'failed' }])

    const { operationId } = await here.scheduled.prepare(wanted)
    const made = here.control.users.addKey(id)
    await here.leave(
      { action: 'key.create', target: email, userId: id, operationId: operationId ?? '' },
      { outcome: 'done', after: { keyId: made.id } },
    )
    await work.round()
    expect((await list(here)).open).toMatchObject([{ state: 'waiting', newKeyId: made.id }])
    await pass(here, 2 * DAY)
    await work.round()
    expect(here.user(1).keys.map((key) => key.id)).toEqual([made.id])
  })

  test('is refused at once when the gateway makes no new one, and nothing waits', async () => {
    const here = await watched()
    const { id, keys } = here.user(1)
    here.control.faults.add({ method: 'POST', status: 403, code: 'AccessDenied', times: 1 })
    const path = `/users/${id}/keys/${keys[0]?.id}/rotation`
    expect((await here.ask('POST', path, { dueAt: inTime(here, DAY) })).body.type).toBe('/problems/gateway-refused')
    expect(await list(here)).toMatchObject({ open: [], ended: [{ state: 'failed' }] })
  })
})

describe('a revocation that is put off', () => {
  test('goes for the last key only when that was said', async () => {
    const here = await watched()
    const work = here.startWork()
    const { id, keys } = here.user(1)
    const path = `/users/${id}/keys/${keys[0]?.id}/revocation`
    const dueAt = inTime(here, DAY)
    expect((await here.ask('POST', path, { dueAt })).body.type).toBe('/problems/last-key')
    expect((await here.ask('POST', path, { dueAt, acceptLastKey: true })).status).toBe(201)
    await pass(here, 2 * DAY)
    await work.round()
    expect(here.user(1).keys).toEqual([])
  })

  test('that was not said to be for the last key is kept when it has become the last', async () => {
    const here = await watched({ twoKeyUsers: 5 })
    const work = here.startWork()
    const { id, keys } = here.user(1)
    const [first, second] = keys.map((key) => key.id)
    const dueAt = inTime(here, DAY)
    expect((await here.ask('POST', `/users/${id}/keys/${first}/revocation`, { dueAt })).status).toBe(201)
    expect((await here.ask('DELETE', `/users/${id}/keys/${second}`)).status).toBe(204)
    await pass(here, 2 * DAY)
    await work.round()
    expect(here.user(1).keys).toHaveLength(1)
    expect((await list(here)).ended).toMatchObject([{ state: 'failed', detail: 'This is the last key of the user' }])
  })
})
