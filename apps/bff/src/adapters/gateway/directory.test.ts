import { expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'
import { testClock } from '../../../test/test-clock.ts'
import { createDirectory } from './directory.ts'

const start = async () => {
  const { now, later } = testClock(Date.parse('2026-11-23T10:00:00Z'))
  const parts = await simulated(
    { users: 3, buckets: 4, duplicateEmails: 1 },
    { listTimeoutMs: 700, callTimeoutMs: 700 },
  )
  const directory = createDirectory(parts.gateway, { now, maxAgeMs: 30_000 })
  const lists = () =>
    parts.simulator.control.calls().filter(({ parameters }) => parameters.every(({ name }) => name === 'space'))
  return { ...parts, directory, lists, later }
}

test('one list serves all who ask at once, and those who ask soon after', async () => {
  const { directory, lists } = await start()
  const [one, two] = await Promise.all([directory.users(), directory.users()])
  expect(two).toBe(one)
  expect(await directory.users()).toBe(one)
  expect(lists()).toHaveLength(1)
  expect(one).toMatchObject({ staleReason: null, sized: true })
  expect(one.users).toHaveLength(4)
})

test('users are found by id and by e-mail in any letter case, also when two share one', async () => {
  const { directory } = await start()
  const { users, byId, byEmail } = await directory.users()
  for (const user of users) {
    expect(byId.get(user.id)).toBe(user)
    expect(byEmail.get(user.email.toLowerCase())).toContain(user)
  }
  expect([...byEmail.values()].some((sharing) => sharing.length === 2)).toBe(true)
})

test('buckets are found by name and by owner', async () => {
  const { directory } = await start()
  const { buckets, byName, byOwner } = await directory.buckets()
  expect(buckets).toHaveLength(4)
  for (const bucket of buckets) {
    expect(byName.get(bucket.name)).toBe(bucket)
    expect(byOwner.get(bucket.ownerId)).toContain(bucket)
  }
})

test('the old list is served while a newer one is fetched, and a very old one is not', async () => {
  const { directory, later } = await start()
  const old = await directory.users()
  later(31_000)
  expect(await directory.users()).toBe(old)
  const newer = await directory.refreshUsers()
  expect(newer.asOf.getTime() - old.asOf.getTime()).toBe(31_000)
  later(301_000)
  expect((await directory.users()).asOf.getTime() - newer.asOf.getTime()).toBe(301_000)
})

test('when the gateway fails, the old list stays and says why', async () => {
  const { directory, simulator, later } = await start()
  const old = await directory.users()
  await simulator.close()
  later(301_000)
  const kept = await directory.users()
  expect(kept.users).toBe(old.users)
  expect(kept.asOf).toBe(old.asOf)
  expect(kept.staleReason).toContain('refuses the connection')
})

test('without any list the failure is thrown', async () => {
  const { directory, simulator } = await start()
  await simulator.close()
  await expect(directory.buckets()).rejects.toMatchObject({ problem: { type: '/problems/gateway-unreachable' } })
})

test('a user that was written is in the list at once, with the size that was known, and one that was deleted is not', async () => {
  const { directory } = await start()
  const [first, second] = (await directory.users()).users
  if (!first || !second) throw new Error('the simulator has no users')
  directory.putUser({ ...first, state: 'disabled', storedBytes: null })
  directory.dropUser(second.id)
  const { byId, users } = await directory.users()
  expect(byId.get(first.id)).toEqual({ ...first, state: 'disabled' })
  expect(users.map(({ id }) => id)).not.toContain(second.id)
})

test('a change that is made while a list is under way is not undone by it', async () => {
  const { directory, simulator } = await start()
  const [first] = (await directory.users()).users
  if (!first) throw new Error('the simulator has no users')
  simulator.control.faults.add({ service: 'ostor-users', latencyMs: 100 })
  const underWay = directory.refreshUsers()
  await Promise.resolve()
  directory.putUser({ ...first, state: 'disabled' })
  expect((await underWay).byId.get(first.id)?.state).toBe('disabled')
})

test('a change is not held against what the gateway says later', async () => {
  const { directory } = await start()
  const [first] = (await directory.users()).users
  if (!first) throw new Error('the simulator has no users')
  directory.putUser({ ...first, state: 'disabled' })
  expect((await directory.refreshUsers()).byId.get(first.id)?.state).toBe(first.state)
})

test('a refresh that is asked for while a list is under way begins another one', async () => {
  const { directory, simulator, lists } = await start()
  const underWay = directory.users()
  const after = directory.refreshUsers()
  await underWay
  const { id } = simulator.control.users.create({ email: 'new@example.com' })
  expect((await after).byId.has(id)).toBe(true)
  expect(lists()).toHaveLength(2)
})
