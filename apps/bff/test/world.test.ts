import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { CLUSTER, world } from './world.ts'

test('a world is the whole console over a simulated gateway, with an admin signed in', async () => {
  const { admin, simulator } = await world({ simulator: { users: 3 } })
  const users = (await admin('GET', `${CLUSTER}/users`)).json()
  expect(users.summary.total).toBe(simulator.control.oracle.users().length)
})

test('a world leaves nothing behind', async () => {
  const { close, folder, app } = await world()
  await close()
  await expect(readdir(folder)).rejects.toThrow('ENOENT')
  expect(app.server.listening).toBe(false)
})

test('two worlds do not see each other', async () => {
  const [one, other] = await Promise.all([world(), world()])
  const created = await one.admin('POST', `${CLUSTER}/users`, { email: 'only-here@example.com' })
  expect(created.statusCode).toBe(201)
  expect((await other.admin('GET', `${CLUSTER}/users?search=only-here`)).json().matching).toBe(0)
})
