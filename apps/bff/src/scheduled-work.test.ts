import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import { describe, expect, test } from 'vitest'
import { DAY, inTime, list, MINUTE, pass } from '../test/waiting.ts'
import { watched } from '../test/watched.ts'

/** A user without buckets, whose deletion is asked for in a day. */
const withDeletion = async () => {
  const here = await watched()
  const { id, email } = here.control.users.create({ email: 'leaving@example.com' })
  const asked = await here.ask<ScheduledChange>('POST', `/users/${id}/deletion`, {
    confirmEmail: email,
    dueAt: inTime(here, DAY),
  })
  expect(asked.status).toBe(201)
  return { here, id, email, change: asked.body, work: here.startWork() }
}

describe('a deletion that is put off', () => {
  test('waits for its date, where everybody sees it, and then is done in the name of who asked', async () => {
    const { here, id, email, work } = await withDeletion()
    await work.round()
    expect(here.writes()).toEqual([])
    expect(await list(here)).toMatchObject({
      open: [{ action: 'user.delete', userId: id, email, state: 'waiting', askedBy: 'admin@example.com' }],
      ended: [],
    })

    await pass(here, DAY + MINUTE)
    await work.round()
    expect(here.oracle.user(id)).toBeUndefined()
    expect(here.writes()).toHaveLength(1)
    const { open, ended } = await list(here)
    expect([open, ended]).toMatchObject([[], [{ state: 'done', endedBy: 'console' }]])
    expect((await here.audit()).map(({ action, actor, outcome }) => [action, actor, outcome])).toEqual([
      ['user.delete', 'admin@example.com', 'done'],
      ['scheduled.add', 'admin@example.com', 'done'],
    ])
    expect(await here.last()).toMatchObject({
      id: ended[0]?.operationId,
      detail: expect.stringMatching(/^Scheduled by admin@example.com at/),
    })
  })

  test('never happens once it was stopped, and says who stopped it', async () => {
    const { here, id, change, work } = await withDeletion()
    expect((await here.ask('POST', `/scheduled/${change.id}/stop`)).status).toBe(200)
    await pass(here, 2 * DAY)
    await work.round()
    expect(here.oracle.user(id)).toBeDefined()
    expect((await list(here)).ended).toMatchObject([{ state: 'stopped', endedBy: 'admin@example.com' }])
    const again = await here.ask('POST', `/scheduled/${change.id}/stop`)
    expect(again.body).toMatchObject({ type: '/problems/not-waiting', detail: 'Somebody stopped it already' })
  })

  test('waits for the date to which it was moved', async () => {
    const { here, id, change, work } = await withDeletion()
    const dueAt = inTime(here, 3 * DAY)
    expect((await here.ask('PUT', `/scheduled/${change.id}`, { dueAt })).body).toMatchObject({ dueAt })
    await pass(here, 2 * DAY)
    await work.round()
    expect(here.oracle.user(id)).toBeDefined()
    await pass(here, 2 * DAY)
    await work.round()
    expect(here.oracle.user(id)).toBeUndefined()
  })

  test('is not asked for twice, nor for a date that is past or years away, nor what would be refused now', async () => {
    const { here, id, email } = await withDeletion()
    const ask = (of: string, body: object) => here.ask('POST', `/users/${of}/deletion`, body)
    const dueAt = inTime(here, DAY)
    expect((await ask(id, { confirmEmail: email, dueAt })).body.type).toBe('/problems/scheduled-already')
    const { change } = await withDeletion()
    expect(change.state).toBe('waiting')
    for (const wrong of [inTime(here, -1), inTime(here, 366 * DAY)])
      expect((await ask(id, { confirmEmail: email, dueAt: wrong })).body.errors).toMatchObject([
        { pointer: '/body/dueAt', code: 'due_not_possible' },
      ])
    expect((await ask(id, { confirmEmail: 'else@example.com', dueAt })).body.type).toBe('/problems/confirmation-wrong')
    const owner = here.oracle
      .users()
      .find(({ id: of, flags }) => flags.length === 0 && here.oracle.buckets(of).length > 0)
    expect((await ask(owner?.id ?? '', { confirmEmail: owner?.email, dueAt })).body.type).toBe(
      '/problems/user-has-buckets',
    )
  })

  test('fails, and says why, when the user owns buckets by then', async () => {
    const { here, id, work } = await withDeletion()
    here.control.buckets.create({ owner: id, name: 'made-meanwhile' })
    await pass(here, 2 * DAY)
    await work.round()
    expect(here.oracle.user(id)).toBeDefined()
    expect((await list(here)).ended).toMatchObject([{ state: 'failed', detail: 'This user owns 1 bucket' }])
    expect(await here.last()).toMatchObject({ action: 'scheduled.run', outcome: 'refused' })
  })

  test('is over when the user is gone already, or was deleted by hand', async () => {
    const { here, id, email, work } = await withDeletion()
    expect((await here.ask('DELETE', `/users/${id}`, { confirmEmail: email })).status).toBe(204)
    expect(await list(here)).toMatchObject({
      open: [],
      ended: [{ state: 'done', detail: 'It was done before its date' }],
    })

    const other = await withDeletion()
    other.here.control.users.remove(other.id)
    await pass(other.here, 2 * DAY)
    await other.work.round()
    expect((await list(other.here)).ended).toMatchObject([{ state: 'done', detail: 'It was gone already' }])
    expect(work).toBeDefined()
  })

  test('goes on by itself when the gateway could not be reached at its date', async () => {
    const { here, id, work } = await withDeletion()
    await pass(here, 2 * DAY)
    here.control.faults.add({ method: 'GET', service: 'ostor-users', status: 502, html: true, times: 9 })
    await work.round()
    expect((await list(here)).open).toMatchObject([{ state: 'waiting', detail: expect.any(String) }])
    here.control.faults.clear()
    await here.gateway.ping()
    await work.round()
    expect(here.oracle.user(id)).toBeUndefined()
    expect(here.writes()).toHaveLength(1)
  })

  test('goes on by itself when the gateway throttles, or answers an error, at its date', async () => {
    const { here, id, work } = await withDeletion()
    await pass(here, 2 * DAY)
    here.control.faults.add({ method: 'DELETE', status: 429, code: 'SlowDown', times: 1 })
    await work.round()
    expect((await list(here)).open).toMatchObject([{ state: 'waiting', detail: expect.any(String) }])
    here.control.faults.add({ method: 'GET', service: 'ostor-users', status: 500, times: 3 })
    await work.round()
    expect((await list(here)).open).toMatchObject([{ state: 'waiting', detail: expect.any(String) }])
    here.control.faults.clear()
    await here.gateway.ping()
    await work.round()
    expect(here.oracle.user(id)).toBeUndefined()
  })

  test('is sent once although its answer is lost, and ends as the gateway shows', async () => {
    const { here, id, work } = await withDeletion()
    await pass(here, 2 * DAY)
    here.control.faults.add({ method: 'DELETE', reset: 'before', times: 1 })
    await work.round()
    expect((await list(here)).open).toMatchObject([{ state: 'running' }])
    await work.round()
    expect(here.writes()).toHaveLength(1)

    await here.round()
    await pass(here, MINUTE)
    await here.round()
    await work.round()
    expect((await list(here)).open).toMatchObject([{ state: 'waiting', detail: 'An earlier try did not take effect' }])
    await work.round()
    expect(here.oracle.user(id)).toBeUndefined()
    expect((await list(here)).ended).toMatchObject([{ state: 'done' }])
  })

  test('is taken up again after the console ended in the middle of it', async () => {
    const { here, id, change } = await withDeletion()
    await pass(here, 2 * DAY)
    await here.scheduled.claim(change.id)
    const work = here.startWork()
    await work.round()
    expect((await list(here)).open).toMatchObject([{ state: 'waiting' }])

    const claimed = await here.scheduled.claim(change.id)
    await here.leave({ action: 'user.delete', target: '', userId: id, operationId: claimed?.operationId ?? '' })
    here.control.users.remove(id)
    await work.round()
    expect((await list(here)).open).toMatchObject([{ state: 'running' }])
    await pass(here, 2 * MINUTE)
    await here.round()
    await work.round()
    expect((await list(here)).ended).toMatchObject([{ state: 'done' }])
    expect(here.writes()).toEqual([])
  })

  test('that fell due while no console ran can be stopped for ten more minutes', async () => {
    const { here, id } = await withDeletion()
    await pass(here, 3 * DAY)
    const work = here.startWork()
    await work.round()
    expect(here.oracle.user(id)).toBeDefined()
    await pass(here, 11 * MINUTE)
    await work.round()
    expect(here.oracle.user(id)).toBeUndefined()
  })
})
