import { afterEach, expect, test } from 'vitest'
import { ask, read } from '../../test/client.ts'
import type { SimulatorOptions } from '../options.ts'
import { type Simulator, startSimulator } from '../simulator.ts'

let simulator: Simulator
const start = async (options: SimulatorOptions = {}) => {
  simulator = await startSimulator({ users: 3, buckets: 0, days: 0, ...options })
  const user = simulator.control.oracle.users()[1]
  return { id: user?.id ?? '', email: user?.email ?? '', keyId: user?.keys[0]?.id ?? '' }
}
afterEach(() => simulator.close())

const keyIds = (id: string) => simulator.control.oracle.user(id)?.keys.map((pair) => pair.id)
const idsIn = (text: string) =>
  JSON.parse(text).AWSAccessKeys.map(({ AWSAccessKeyId }: { AWSAccessKeyId: string }) => AWSAccessKeyId)

test('genKey answers with both pairs, and a third pair is refused', async () => {
  const { id, email } = await start()
  const reply = await ask(simulator, 'POST', `ostor-users&emailAddress=${email}&genKey`)
  expect(idsIn(reply.text)).toEqual(keyIds(id))
  expect(keyIds(id)).toHaveLength(2)
  expect((await ask(simulator, 'POST', `ostor-users&genKey&emailAddress=${email}`)).status).toBe(409)
  expect(keyIds(id)).toHaveLength(2)
})

test('genKey answers with the new pair alone on request', async () => {
  const { id, email, keyId } = await start({ genKeyAnswer: 'new' })
  const reply = await ask(simulator, 'POST', `ostor-users&emailAddress=${email}&genKey`)
  expect(idsIn(reply.text)).toEqual(keyIds(id)?.filter((one) => one !== keyId))
})

test('a new pair signs at once, and a revoked one no longer', async () => {
  await start()
  const { id, email } = simulator.control.users.create({ email: 'ops@system.example', flags: ['system'] })
  await ask(simulator, 'POST', `ostor-users&emailAddress=${email}&genKey`)
  const pair = simulator.control.oracle.user(id)?.keys[1]
  const key = { keyId: pair?.id ?? '', secret: pair?.secret ?? '' }
  expect((await ask(simulator, 'GET', 'ostor-users', key)).status).toBe(200)
  const reply = await ask(simulator, 'POST', `ostor-users&emailAddress=${email}&revokeKey=${key.keyId}`)
  expect([reply.status, reply.text]).toEqual([200, ''])
  expect((await ask(simulator, 'GET', 'ostor-users', key)).status).toBe(403)
})

test('revoking an unknown pair is 404, and revoking nothing is 400', async () => {
  const { id, email, keyId } = await start()
  expect((await ask(simulator, 'POST', `ostor-users&emailAddress=${email}&revokeKey=${keyId}X`)).status).toBe(404)
  expect((await ask(simulator, 'POST', `ostor-users&emailAddress=${email}&revokeKey=`)).status).toBe(400)
  expect(keyIds(id)).toEqual([keyId])
})

test.each([
  ['allow', 200, 0],
  ['refuse', 409, 1],
] as const)('the last pair: %s', async (lastKey, status, left) => {
  const { id, email, keyId } = await start({ lastKey })
  expect((await ask(simulator, 'POST', `ostor-users&emailAddress=${email}&revokeKey=${keyId}`)).status).toBe(status)
  expect(keyIds(id)).toHaveLength(left)
})

test('a PUT with genKey makes a user nowhere: 400 by the newer documents, a key by the older', async () => {
  const { email } = await start()
  expect((await ask(simulator, 'PUT', `ostor-users&emailAddress=${email}&genKey`)).status).toBe(400)
  await simulator.close()
  const { id, email: again } = await start({ version: '2.4' })
  expect((await ask(simulator, 'PUT', `ostor-users&emailAddress=${again}&genKey`)).status).toBe(200)
  expect(keyIds(id)).toHaveLength(2)
  await simulator.close()
  const { email: third } = await start({ keyMethod: 'PUT' })
  expect((await ask(simulator, 'POST', `ostor-users&emailAddress=${third}&genKey`)).status).toBe(400)
})

test('disable and enable show in the state, and two verbs at once are refused', async () => {
  const { id, email } = await start()
  expect((await ask(simulator, 'POST', `ostor-users&disable&emailAddress=${email}`)).status).toBe(200)
  expect(await read(simulator, `ostor-users&id=${id}`)).toMatchObject({ State: 'disabled' })
  expect((await ask(simulator, 'POST', `ostor-users&enable&disable&emailAddress=${email}`)).status).toBe(400)
  await ask(simulator, 'POST', `ostor-users&enable&emailAddress=${email}`)
  expect(await read(simulator, `ostor-users&id=${id}`)).toMatchObject({ State: 'enabled' })
})

test('a POST selects by e-mail, not by id', async () => {
  const { id } = await start()
  expect((await ask(simulator, 'POST', `ostor-users&id=${id}&genKey`)).status).toBe(400)
})

test('an account is made with one pair, holds two at most, and goes again', async () => {
  const { id, email } = await start()
  const made = await ask(simulator, 'POST', `ostor-accounts&emailAddress=${email}&accountName=ci`)
  expect(JSON.parse(made.text)).toMatchObject({ Name: 'ci', AWSAccessKeys: [{}] })
  expect((await ask(simulator, 'POST', `ostor-accounts&id=${id}&accountName=ci`)).status).toBe(409)
  const more = `ostor-users&emailAddress=${email}&accountName=ci`
  const both = await ask(simulator, 'POST', `${more}&genKey`)
  expect(idsIn(both.text)).toHaveLength(2)
  expect((await ask(simulator, 'POST', `${more}&genKey`)).status).toBe(409)
  expect((await ask(simulator, 'POST', `${more}&revokeKey=${idsIn(both.text)[0]}`)).status).toBe(200)
  expect(simulator.control.oracle.user(id)?.accounts[0]?.keys).toHaveLength(1)
  expect(keyIds(id)).toHaveLength(1)
  expect((await ask(simulator, 'DELETE', `ostor-accounts&id=${id}&accountName=ci`)).status).toBe(204)
  expect((await ask(simulator, 'DELETE', `ostor-accounts&id=${id}&accountName=ci`)).status).toBe(404)
  expect((await ask(simulator, 'POST', `${more}&genKey`)).status).toBe(404)
})

test('users without a key, with two, disabled and with accounts exist on request', async () => {
  await start({ users: 40, zeroKeyUsers: 3, twoKeyUsers: 10, disabledUsers: 4, accountUsers: 5 })
  const users = simulator.control.oracle.users()
  expect(users.filter(({ keys }) => keys.length === 0)).toHaveLength(3)
  expect(users.filter(({ keys }) => keys.length === 2).length).toBeGreaterThanOrEqual(7)
  expect(users.filter(({ state }) => state === 'disabled')).toHaveLength(4)
  expect(users.filter(({ accounts }) => accounts.length > 0)).toHaveLength(5)
})
