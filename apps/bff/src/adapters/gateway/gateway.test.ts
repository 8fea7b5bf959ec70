import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import { describe, expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'

const DIALECTS: Record<string, SimulatorOptions> = {
  '7.3': {},
  '7.3 with V4': {},
  '2.4, everything in its oldest shape': {
    version: '2.4',
    listSecrets: true,
    unsetLimits: 'error',
    limitsDialect: 'A',
  },
  'bare lists, new keys alone, form B': { listShape: 'bare', genKeyAnswer: 'new', limitsDialect: 'B' },
  'lower-case lists, numbers as numbers': {
    listShape: 'lowercase',
    accountCount: 'number',
    serviceId: 'string',
    limitsDialect: 'A',
  },
  'limits passed over in an unknown form': {
    limitsDialect: 'A',
    unknownDialect: 'ignore',
    unsetLimits: 'error',
    unsetLimitsStatus: '403',
  },
  'errors in headers': {
    errorStyle: 'header',
    deleteUserStatus: '203',
    emptyContentType: 'none',
    unsetLimits: 'error',
  },
}

describe.each(Object.entries(DIALECTS))('the gateway in dialect %s', (name, options) => {
  const start = () => simulated(options, name.endsWith('V4') ? { signature: 'v4' } : {})

  test('D4: lists every user once, and finds each by id and by e-mail', async () => {
    const { gateway, simulator } = await start()
    const { id } = simulator.control.users.create({ email: 'ana@example.com', keys: 2 })
    const { users } = await gateway.listUsers()
    expect(users.map((user) => user.id)).toContain(id)
    expect(new Set(users.map((user) => user.id)).size).toBe(users.length)
    expect(users.length).toBe(7)
    const byId = await gateway.getUser(id)
    expect(byId).toMatchObject({ id, email: 'ana@example.com' })
    expect(byId.keyIds).toHaveLength(2)
    expect(await gateway.findUserByEmail('ana@example.com')).toEqual(byId)
    expect(await gateway.findUserByEmail('nobody@example.com')).toBeNull()
    await expect(gateway.getUser('0123456789abcdef')).rejects.toMatchObject({
      problem: { type: '/problems/user-not-found' },
    })
  })

  test('D12: creates a user with a key, adds one, revokes one, disables, enables and deletes', async () => {
    const { gateway } = await start()
    const { id, email, key } = await gateway.createUser("o'brien+1@example.com")
    expect(email).toBe("o'brien+1@example.com")
    expect(key?.secret.reveal()).toMatch(/^[A-Za-z0-9]{40}$/)
    const first = key?.id ?? ''

    const second = await gateway.generateKey(email, [first])
    expect(second.id).not.toBe(first)
    expect((await gateway.getUser(id)).keyIds).toEqual([first, second.id])
    await gateway.revokeKey(email, first)
    expect((await gateway.getUser(id)).keyIds).toEqual([second.id])

    await gateway.setUserState(email, 'disabled')
    expect((await gateway.listUsers()).users.find((user) => user.id === id)?.state).toBe('disabled')
    await gateway.setUserState(email, 'enabled')
    expect((await gateway.listUsers()).users.find((user) => user.id === id)?.state).toBe('enabled')

    await gateway.deleteUser(id)
    expect(await gateway.findUserByEmail(email)).toBeNull()
    await expect(gateway.deleteUser(id)).rejects.toMatchObject({ problem: { type: '/problems/user-not-found' } })
  })

  test('takes limits, shows them, keeps what was not named, and removes them by group', async () => {
    const { gateway, simulator } = await start()
    const user = simulator.control.users.create({ email: 'ana@example.com' })
    simulator.control.buckets.create({ name: "ana's & co", owner: user.id })
    const targets = [{ userId: user.id, email: user.email }, { userId: user.id, email: null }, { bucket: "ana's & co" }]
    for (const target of targets) {
      const unset = await gateway.getLimits(target)
      expect(unset.opsPerSecond).toEqual({ default: 0, get: 0, put: 0, list: 0, delete: 0 })

      await gateway.changeLimits(target, unset, { opsPerSecond: { get: 7, put: 3 }, bandwidth: { out: 100 } })
      const set = await gateway.getLimits(target)
      expect(set).toEqual({
        opsPerSecond: { default: 0, get: 7, put: 3, list: 0, delete: 0 },
        bandwidth: { out: 100 },
        unset: false,
      })

      await gateway.changeLimits(target, set, { opsPerSecond: { get: 'unlimited', delete: 35_000_000 } })
      const changed = await gateway.getLimits(target)
      expect(changed.opsPerSecond).toEqual({ default: 0, get: 0, put: 3, list: 0, delete: 35_000_000 })

      await gateway.removeLimits(target, 'opsPerSecond')
      expect(await gateway.getLimits(target)).toMatchObject({ opsPerSecond: { put: 0 }, bandwidth: { out: 100 } })
      await gateway.removeLimits(target, 'all')
      expect(await gateway.getLimits(target)).toMatchObject({ bandwidth: { out: 0 } })
    }
  })

  test('lists buckets, all and by user, with sizes that are exact', async () => {
    const { gateway, simulator } = await start()
    const user = simulator.control.users.create({ email: 'ana@example.com' })
    simulator.control.buckets.create({ name: 'films', owner: user.id, bytes: 4096 })
    const buckets = await gateway.listBuckets()
    expect(buckets).toHaveLength(13)
    expect(await gateway.bucketsOf(user.id)).toEqual(buckets.filter(({ ownerId }) => ownerId === user.id))
    expect(buckets.find(({ name: bucket }) => bucket === 'films')).toMatchObject({
      ownerId: user.id,
      storedBytes: 4096n,
    })
    expect(await gateway.bucketsOf('0123456789abcdef')).toEqual([])
  })

  test('lists statistics page by page, reads one and deletes one', async () => {
    const { gateway } = await start()
    const all = await gateway.listStatistics()
    const [first = '', second = ''] = all.names
    expect(all.names.length).toBeGreaterThan(20)

    const read = await gateway.readStatistics(first)
    expect(JSON.parse(Buffer.from(read?.raw ?? []).toString())).toHaveProperty('nr_items')
    expect(read?.object.serviceId).toBe(first.slice(9, 25))
    expect(first).toContain(read?.object.startedAt.toISOString().slice(0, 19))
    expect(read?.object.items.length).toBeGreaterThan(0)

    await gateway.deleteStatistics(first)
    await gateway.deleteStatistics(first)
    expect(await gateway.readStatistics(first)).toBeNull()
    expect((await gateway.listStatistics()).names[0]).toBe(second)
  })
})
