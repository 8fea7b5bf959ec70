import { describe, expect, test } from 'vitest'
import { desk } from '../test/desk.ts'
import { testClock } from '../test/test-clock.ts'
import { auditOf } from './adapters/store/audit.ts'
import { verifyChain } from './adapters/store/audit-chain.ts'
import { OUTSIDE } from './adapters/store/audit-outside.ts'
import { comparisonsOf } from './adapters/store/comparisons.ts'
import { createComparison } from './comparison.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A desk whose clock is moved by hand, and comparisons an hour or more apart. */
const comparing = async (simulator = {}) => {
  const clock = testClock(Date.now())
  const { now } = clock
  const here = await desk(simulator, { now })
  const log = auditOf(here.store, { now })
  const warned: string[] = []
  const later = (ms: number) => {
    clock.later(ms)
    here.control.clock.advance(ms)
  }
  const process = (comparisons = comparisonsOf(here.store)) =>
    createComparison({
      cluster: here.cluster,
      audit: log,
      comparisons,
      log: { info: () => {}, warn: (_, message) => void warned.push(message) },
      now,
    })
  const { round } = process()
  return {
    ...here,
    log,
    warned,
    later,
    compare: async () => {
      later(2 * HOUR)
      await here.signIn()
      await round()
    },
    round,
    process,
    outside: async () => (await here.audit()).filter(({ actor }) => actor === OUTSIDE),
  }
}

describe('a comparison with the gateway', () => {
  test('believes that many users are gone only when the list says so twice', async () => {
    const { control, oracle, compare, round, warned, outside } = await comparing({ users: 60 })
    await compare()
    const gone = oracle.users().slice(1, 31)
    for (const { id } of gone) control.users.remove(id)
    await compare()
    expect(warned).toEqual([expect.stringContaining('many users are missing')])
    expect(await outside()).toEqual([])
    await round()
    expect(await outside()).toHaveLength(30)
  })

  test('enters what was done outside the console, with what was before, and no more than once', async () => {
    const { user, control, compare, outside, store } = await comparing()
    const [gone, off] = [user(1), user(2)]
    await compare()
    expect(await outside()).toEqual([])
    control.users.setState(off.id, 'disabled')
    control.users.remove(gone.id)
    const made = control.users.create({ email: 'new@outside.example' })
    await compare()
    await compare()
    const found = Object.fromEntries((await outside()).map((entry) => [entry.action, entry]))
    expect(Object.keys(found)).toHaveLength(3)
    expect(found['user.changed-outside']).toMatchObject({
      userId: off.id,
      target: off.email,
      before: { state: 'enabled' },
      after: { state: 'disabled' },
      outcome: 'done',
      detail: expect.stringMatching(/^Found by comparing with the gateway. It happened between 20.* and 20/),
    })
    expect(found['user.deleted-outside']).toMatchObject({ userId: gone.id, before: { email: gone.email }, after: null })
    expect(found['user.created-outside']).toMatchObject({ userId: made.id, before: null, after: { email: made.email } })
    expect((await verifyChain(store)).fault).toBeNull()
  })

  test('knows what the console itself did, and notices when that is set back', async () => {
    const { user, control, ask, compare, outside, later, signIn } = await comparing()
    await compare()
    const created = await ask<{ user: { id: string } }>('POST', '/users', { email: 'ours@example.com' })
    control.users.remove(created.body.user.id)
    await ask('PUT', `/users/${user(1).id}/state`, { state: 'disabled' })
    await ask('PUT', `/users/${user(2).id}/state`, { state: 'disabled' })
    later(5 * MINUTE)
    await signIn()
    await ask('PUT', `/users/${user(2).id}/state`, { state: 'enabled' })
    await compare()
    expect(await outside()).toMatchObject([{ action: 'user.deleted-outside', userId: created.body.user.id }])
    control.users.setState(user(1).id, 'enabled')
    await compare()
    expect((await outside())[0]).toMatchObject({ userId: user(1).id, after: { state: 'enabled' } })
    await ask('PUT', `/users/${user(1).id}/state`, { state: 'disabled' })
    control.users.setState(user(1).id, 'enabled')
    await compare()
    expect(await outside()).toHaveLength(3)
  })

  test('waits for what is open or was a moment ago', async () => {
    const { user, control, log, ask, compare, outside, later, round, signIn } = await comparing()
    await compare()
    const { id, email } = user(1)
    const open = await log.begin({ actor: 'ada', action: 'user.disable', cluster: 'demo', target: email, userId: id })
    const creating = await log.begin({
      actor: 'ada',
      action: 'user.create',
      cluster: 'demo',
      target: 'Half@made.example',
    })
    control.users.setState(id, 'disabled')
    const made = control.users.create({ email: 'half@made.example' })
    await compare()
    later(HOUR)
    await signIn()
    await ask('PUT', `/users/${user(2).id}/state`, { state: 'disabled' })
    control.users.setState(user(2).id, 'enabled')
    await round()
    expect(await outside()).toEqual([])
    await log.end(open, { outcome: 'done', after: { state: 'disabled' } })
    await log.end(creating, { outcome: 'done', userId: made.id, after: { email: made.email } })
    await compare()
    expect(await outside()).toMatchObject([{ userId: user(2).id, after: { state: 'enabled' } }])
  })

  test('of two processes that both believe to hold the lease enters a change once, and blames nobody for our own', async () => {
    const { user, control, ask, later, compare, signIn, outside, process, round, store } = await comparing()
    await compare()
    control.users.setState(user(1).id, 'disabled')
    later(2 * HOUR)
    await signIn()
    const comparisons = comparisonsOf(store)
    // The other one works from what it knew before the first wrote down what it found, and lists later.
    const slow = process({
      ...comparisons,
      known: async (cluster) => {
        const known = await comparisons.known(cluster)
        await round()
        return known
      },
    })
    await slow.round()
    expect(await outside()).toHaveLength(1)
    await ask('PUT', `/users/${user(1).id}/state`, { state: 'enabled' })
    await compare()
    expect(await outside()).toHaveLength(1)
  })

  test('compares keys where the list tells them', async () => {
    const { user, control, ask, handOver, compare, outside } = await comparing({ listSecrets: true })
    const { id, keys } = user(1)
    await compare()
    handOver(await ask('POST', `/users/${user(2).id}/keys`, {}))
    await compare()
    expect(await outside()).toEqual([])
    control.users.addKey(id)
    control.users.removeKey(id, keys[0]?.id ?? '')
    await compare()
    const [changed] = await outside()
    expect(changed).toMatchObject({
      userId: id,
      before: {
        keyIds: keys
          .map((key) => key.id)
          .toSorted()
          .join(', '),
      },
    })
    expect(changed?.after?.['keyIds']).toBe(
      control.oracle
        .user(id)
        ?.keys.map((key) => key.id)
        .toSorted()
        .join(', '),
    )
  })

  test('believes no empty list, and is made once an hour', async () => {
    const { control, compare, round, outside, warned, store } = await comparing()
    await compare()
    await round()
    expect(await store.db.selectFrom('comparisons').selectAll().execute()).toHaveLength(1)
    for (const { id } of control.oracle.users()) control.users.remove(id)
    await compare().catch(() => {})
    expect(await outside().catch(() => [])).toEqual([])
    expect(warned).toHaveLength(1)
  })
})
