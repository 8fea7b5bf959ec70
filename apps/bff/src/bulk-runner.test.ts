import { describe, expect, test } from 'vitest'
import { bulkDesk } from '../test/bulk-desk.ts'

const MINUTE = 60_000
const DISABLE = { action: 'disable' } as const

const writesOf = (calls: string[], id: string) => calls.filter((call) => call.includes(id) && !call.startsWith('GET'))

describe('a bulk change', () => {
  test('changes whom the plan says, one entry in the audit for each, and nobody before it is started', async () => {
    const { plan, post, items, work, read, ids, oracle, user, writes, audit } = await bulkDesk()
    oracle.users()
    const { id, planned, state } = await plan(DISABLE, ids(3))
    expect({ planned, state }).toEqual({ planned: { change: 3, already: 0, refused: 0 }, state: 'planned' })
    await work()
    expect(writes()).toEqual([])

    await post(id, 'start')
    await work()
    await work()
    expect(await read(id)).toMatchObject({ state: 'ended', counts: { done: 3, waiting: 0 } })
    expect([1, 2, 3, 4].map((n) => user(n).state)).toEqual(['disabled', 'disabled', 'disabled', 'enabled'])
    expect(writes()).toHaveLength(3)
    const entries = await audit()
    expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'user.disable done',
      'user.disable done',
      'user.disable done',
      'bulk.run done',
    ])
    expect(entries[3]).toMatchObject({ actor: 'admin@example.com', target: 'Disable 3 users', detail: '3 done' })
    const found = await items(id)
    expect(found.map(({ operationId }) => operationId)).toEqual(
      entries
        .slice(0, 3)
        .map((each) => each.id)
        .toReversed(),
    )
  })

  test('says who is so already and who is refused, and touches neither', async () => {
    const { plan, post, items, work, user, control, writes, simulator } = await bulkDesk()
    control.users.setState(user(1).id, 'disabled')
    const own = simulator.control.oracle.users()[0]?.id ?? ''
    const choice = { by: 'ids' as const, ids: [user(1).id, user(2).id, own, 'nobody0000000000', user(2).id] }
    const { id } = await plan(DISABLE, choice)
    const shown = async () => (await items(id)).map(({ state, detail }) => `${state}: ${detail}`)
    expect(await shown()).toEqual([
      'already: Is disabled already',
      'waiting: enabled → disabled',
      'refused: A system user, or the user of the console itself',
      'refused: There is no such user any more',
      'refused: Chosen before',
    ])
    await post(id, 'start')
    await work()
    expect((await shown())[1]).toBe('done: enabled → disabled')
    expect(writes()).toHaveLength(1)
  })

  test('finds what changed since the plan, and does not write to whom it need not', async () => {
    const { plan, post, items, work, user, control, ids, writes } = await bulkDesk({ users: 6 })
    const { id } = await plan(DISABLE, ids(3))
    control.users.setState(user(1).id, 'disabled')
    control.users.remove(user(2).id)
    await post(id, 'start')
    await work()
    expect((await items(id)).map(({ state }) => state)).toEqual(['already', 'refused', 'done'])
    expect(writes()).toHaveLength(1)
  })

  test('pauses, goes on, and when it is stopped leaves the rest as it is', async () => {
    const { plan, post, work, read, ids, user } = await bulkDesk({ users: 30 })
    const { id } = await plan(DISABLE, ids(25))
    await post(id, 'start')
    await work()
    expect((await post(id, 'pause')).body).toMatchObject({ state: 'paused', heldBy: 'admin@example.com' })
    await work()
    expect((await read(id)).counts).toMatchObject({ done: 20, waiting: 5 })
    expect((await post(id, 'pause')).body).toMatchObject({ type: '/problems/bulk-run-moved-on' })
    await post(id, 'resume')
    await post(id, 'stop')
    await work()
    const ended = await read(id)
    expect(ended).toMatchObject({ state: 'ended', counts: { done: 20, left: 5 }, again: 5 })
    expect(user(25).state).toBe('enabled')
  })

  test('that deletes wants the number of users, and says what the gateway says now', async () => {
    const { plan, post, items, work, control, oracle, ids } = await bulkDesk({ users: 4, buckets: 0 })
    const { id, planned } = await plan({ action: 'delete' }, ids(3))
    expect(planned.change).toBe(3)
    expect((await post(id, 'start')).status).toBe(400)
    expect((await post(id, 'start', { confirmCount: 2 })).status).toBe(400)
    const [first, second, third] = oracle.users().slice(1)
    control.buckets.create({ name: 'made-meanwhile', owner: first?.id ?? '' })
    control.users.remove(second?.id ?? '')
    await post(id, 'start', { confirmCount: 3 })
    await work()
    expect((await items(id)).map(({ state, detail }) => `${state}: ${detail}`)).toEqual([
      'refused: This user owns 1 bucket',
      'already: Is gone already',
      'done: Deleted, with all keys',
    ])
    expect(oracle.user(third?.id ?? '')).toBeUndefined()
  })

  test('sets limits and quotas, and writes to nobody who has them', async () => {
    const { run, items, ids, ask, user, writes, control } = await bulkDesk()
    await ask('PUT', `/users/${user(2).id}/limits`, { opsPerSecond: { get: 40 } })
    await ask('PUT', `/users/${user(2).id}/quota`, { size: 70 })
    control.clearCalls()
    const limits = await run({ action: 'set-limits', limits: { opsPerSecond: { get: 40 } } }, ids(3))
    expect((await items(limits.id)).map(({ state }) => state)).toEqual(['done', 'already', 'done'])
    const quota = await run({ action: 'set-quota', size: 70 }, ids(3))
    expect((await items(quota.id)).map(({ state }) => state)).toEqual(['done', 'already', 'done'])
    expect(writesOf(writes(), user(2).id)).toEqual([])
    expect((await ask<{ size: number }>('GET', `/users/${user(3).id}/quota`)).body.size).toBe(70)
    expect((await ask<{ opsPerSecond: object }>('GET', `/users/${user(3).id}/limits`)).body.opsPerSecond).toMatchObject(
      {
        get: 40,
      },
    )
  })
})

describe('what goes wrong in a bulk change', () => {
  test('a refusal of the gateway is the result of one item, and only such are run again', async () => {
    const { run, items, ids, user, control, post, work, read, writes } = await bulkDesk()
    control.faults.add({ method: 'POST', parameters: { emailAddress: user(2).email }, status: 403, code: 'NotAllowed' })
    const { id } = await run(DISABLE, ids(3))
    expect((await items(id)).map(({ state }) => state)).toEqual(['done', 'refused', 'done'])
    control.faults.clear()
    const again = (await post(id, 'again')).body
    expect(again).toMatchObject({ rerunOf: id, total: 1, planned: { change: 1 } })
    await post(again.id, 'start')
    await work()
    await work()
    expect(await read(again.id)).toMatchObject({ state: 'ended', counts: { done: 1 }, again: 0 })
    expect(user(2).state).toBe('disabled')
    expect(writes()).toHaveLength(4)
  })

  test('a lost answer is found out and not sent again; the run ends when it is known', async () => {
    const { plan, post, work, read, items, ids, control, round, later, writes } = await bulkDesk()
    control.faults.add({ method: 'POST', nth: 1, reset: 'before' })
    control.faults.add({ method: 'POST', nth: 2, hold: true, reset: 'before' })
    const { id } = await plan(DISABLE, ids(3))
    await post(id, 'start')
    await work()
    await work()
    expect((await items(id)).map(({ state }) => state)).toEqual(['unknown', 'unknown', 'done'])
    expect((await read(id)).state).toBe('running')
    control.faults.clear()
    control.faults.release()
    await round()
    later(MINUTE)
    await expect
      .poll(async () => {
        await round()
        await work()
        return (await items(id)).map(({ state }) => state)
      })
      .toEqual(['failed', 'done', 'done'])
    await work()
    expect(await read(id)).toMatchObject({ state: 'ended', again: 1 })
    expect(writes()).toHaveLength(3)
  })

  test('while the gateway does not answer the run rests, and goes on by itself', async () => {
    const { plan, post, work, read, ids, control, later, user } = await bulkDesk()
    const { id } = await plan(DISABLE, ids(4))
    await post(id, 'start')
    control.faults.add({ reset: 'before' })
    await work()
    expect(await read(id)).toMatchObject({ state: 'running', counts: { waiting: 4, failed: 0 } })
    expect((await read(id)).restsBecause).toMatch(/does not answer/)
    control.faults.clear()
    later(10_000)
    await work()
    expect(await read(id)).toMatchObject({ restsBecause: null, counts: { done: 4 } })
    expect(user(4).state).toBe('disabled')
  })

  test('one item that never gets an answer holds up nobody else', async () => {
    const { run, items, ids, user, control } = await bulkDesk()
    control.faults.add({ method: 'GET', parameters: { id: user(1).id }, status: 503 })
    const { id } = await run(DISABLE, ids(3))
    expect((await items(id)).map(({ state }) => state)).toEqual(['failed', 'done', 'done'])
  })

  test('a second process that takes over writes to nobody a second time', async () => {
    const { plan, post, work, runner, read, items, ids, control, round, later, writes, store } = await bulkDesk()
    const other = runner()
    const { id } = await plan(DISABLE, ids(3))
    await post(id, 'start')
    control.faults.add({ method: 'POST', hold: true, times: 1 })
    const first = work()
    await expect.poll(() => writes().length).toBe(1)
    await other.round()
    control.faults.release()
    await first
    later(2 * MINUTE)
    await round()
    await other.round()
    await other.round()
    expect((await items(id)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
    expect(await read(id)).toMatchObject({ state: 'ended' })
    expect(writes()).toHaveLength(3)
    expect(
      await store.db.selectFrom('bulk_items').select('position').where('state', '=', 'under-way').execute(),
    ).toEqual([])
  })
})
