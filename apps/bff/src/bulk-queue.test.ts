import { setImmediate } from 'node:timers/promises'
import type { BulkRun } from '@ostor-console/shared/bulk'
import { problem } from '@ostor-console/shared/problem'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bulkDesk } from '../test/bulk-desk.ts'
import { createTurns } from './writing/turns.ts'

const DAY = 86_400_000
const DISABLE = { action: 'disable' } as const
const ENABLE = { action: 'enable' } as const

describe('a bulk change that waits behind another', () => {
  test('says which one, and no more once that has nothing left to begin', async () => {
    const { plan, post, work, read, ids, later } = await bulkDesk({ users: 30 })
    const first = await plan(DISABLE, ids(25))
    const second = await plan(DISABLE, ids(2, 26))
    const third = await plan(DISABLE, ids(1, 28))
    await post(first.id, 'start')
    later(1000)
    await post(second.id, 'start')
    later(1000)
    await post(third.id, 'start')
    const behind = async () => Promise.all([first, second, third].map(async ({ id }) => (await read(id)).behind))
    const shown = { id: first.id, title: 'Disable 25 users' }
    expect(await behind()).toEqual([null, shown, shown])
    await work()
    expect(await behind()).toEqual([null, shown, shown])
    await post(first.id, 'pause')
    expect(await behind()).toEqual([null, null, { id: second.id, title: 'Disable 2 users' }])
    await post(first.id, 'resume')
    await work()
    expect(await behind()).toEqual([null, null, null])
  })
})

test('a request of a bulk change takes no slot while an admin waits for the gateway', async () => {
  const { cluster, control } = await bulkDesk()
  control.faults.add({ hold: true, times: 1 })
  const asked = cluster.gateway.ping()
  await expect.poll(() => control.faults.list()[0]?.touched).toBe(1)
  let slots = 0
  const paced = cluster.openPaced(async () => {
    slots += 1
  })
  onTestFinished(() => paced.close())
  const going = paced.ping()
  await setImmediate()
  expect(slots).toBe(0)
  control.faults.release()
  await Promise.all([asked, going])
  expect(slots).toBe(1)
})

describe('a bulk change that ended long ago', () => {
  test('goes with its items after the days for which results are kept; its entries in the audit stay', async () => {
    const { run, ask, ids, work, later, signIn, store } = await bulkDesk()
    const old = await run(DISABLE, ids(2))
    later(80 * DAY)
    await signIn()
    const young = await run(ENABLE, ids(1))
    const shown = async () =>
      (await ask<{ items: BulkRun[] }>('GET', '/bulk')).body.items.map(({ id }) => id).toSorted()
    expect(await shown()).toEqual([old.id, young.id].toSorted())
    later(11 * DAY)
    await signIn()
    await work()
    expect(await shown()).toEqual([young.id])
    expect((await ask('GET', `/bulk/${old.id}`)).body).toMatchObject({ type: '/problems/bulk-run-not-found' })
    const items = await store.db.selectFrom('bulk_items').select('run_id').distinct().execute()
    expect(items).toEqual([{ run_id: young.id }])
    const entries = await store.db.selectFrom('audit').select('action').where('kind', '=', 'begin').execute()
    const actions = entries.map(({ action }) => action).filter((action) => /^(bulk|user)\./.test(action))
    expect(actions.toSorted()).toEqual(['bulk.run', 'bulk.run', 'user.disable', 'user.disable', 'user.enable'])
  })
})

test('a user whom somebody changes elsewhere at the moment has another turn', async () => {
  const { plan, post, read, ids, runner, writes } = await bulkDesk()
  const turns = createTurns()
  let busy = 2
  const { round } = runner((subject, work) => {
    busy -= 1
    return busy >= 0 ? Promise.reject(problem('being-changed')) : turns(subject, work)
  })
  const { id } = await plan(DISABLE, ids(1))
  await post(id, 'start')
  for (let rounds = 0; rounds < 4; rounds += 1) await round()
  expect(await read(id)).toMatchObject({ state: 'ended', counts: { done: 1 } })
  expect(writes()).toHaveLength(1)
})
