import { expect, test } from 'vitest'
import { aService } from '../../../test/a-client.ts'
import { clientDesk } from '../../../test/client-desk.ts'
import { troubleIn } from '../../whmcs-sync.ts'

test('WHMCS and the gateway are compared by what was read on schedule, and by the links and users of the moment', async () => {
  const { fake, link, unlink, user, sync, drift, control, directory, ask, writes, later, now } = await clientDesk()
  expect(await drift()).toEqual({ asOf: null, staleReason: null, items: [], compared: { clients: 0, users: 0 } })
  const [closed, suspended, gone, moved] = [user(1), user(2), user(3), user(4)]
  for (const each of [gone, moved]) await ask('PUT', `/users/${each.id}/state`, { state: 'disabled' })
  const found = async () => {
    const { items } = await drift()
    return items
      .filter(({ clientId }) => clientId !== null)
      .map(({ kind, clientId, userId }) => [kind, clientId, userId])
  }
  await link(7, moved.id)
  await link(8, closed.id)
  await link(9, suspended.id)
  fake.control.clearCalls()
  await sync()
  const services = Array.from({ length: 3 }, () => 'GetClientsProducts')
  expect(fake.actions()).toEqual(['GetClients', ...services])
  expect(await found()).toEqual([['client-closed', 8, closed.id]])

  await fake.control.addService({ userid: 9, status: 'Suspended' })
  await fake.control.editClient({ id: 7, email: 'countess@example.com' })
  expect(await fake.control.addClient({ email: user(5).email })).toBe(10)
  await fake.control.removeClient({ id: 8 })
  later(300_000)
  const at = now()
  const written = writes().length
  await sync()
  const report = await drift()
  expect(report.compared).toEqual({ clients: 3, users: expect.any(Number) })
  expect(new Date(report.asOf ?? 0).getTime()).toBeGreaterThanOrEqual(at.getTime())
  expect(await found()).toEqual([
    ['email-changed', 7, moved.id],
    ['client-gone', 8, closed.id],
    ['service-suspended', 9, suspended.id],
    ['user-unlinked', 10, user(5).id],
  ])
  // It suggests, and changes nothing.
  expect(writes()).toHaveLength(written)

  await unlink(8, closed.id)
  await link(10, user(5).id)
  control.users.remove(suspended.id)
  await directory.refreshUsers()
  expect(await found()).toEqual([
    ['email-changed', 7, moved.id],
    ['user-gone', 9, suspended.id],
  ])

  await fake.down()
  await sync()
  expect(await drift()).toMatchObject({
    asOf: report.asOf,
    staleReason: expect.stringContaining('refuses the connection'),
  })
  await fake.up()
  await sync()
  expect((await drift()).staleReason).toBeNull()
})

const services = (...states: string[]) => states.map((status) => aService(status))

test('what is suspended is trouble, and what has ended only where nothing else is active', () => {
  expect(troubleIn([])).toBeNull()
  expect(troubleIn(services('Active', 'Terminated', 'Cancelled', 'Pending'))).toBeNull()
  expect(troubleIn(services('Active', 'Suspended'))).toBe('S3 storage: suspended')
  expect(troubleIn(services('Terminated'))).toBe('S3 storage: terminated')
})
