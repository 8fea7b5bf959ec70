import { expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'
import { emptyStore } from '../../../test/stores.ts'
import { testClock } from '../../../test/test-clock.ts'
import { createDialect } from '../../adapters/gateway/dialect.ts'
import { createDirectory } from '../../adapters/gateway/directory.ts'
import { createGateway } from '../../adapters/gateway/gateway.ts'
import { bytesPerTold, quotaMeaning } from '../../adapters/gateway/quotas.ts'
import { Secret } from '../../adapters/gateway/secret.ts'
import { userQuotasOf } from '../../adapters/store/user-quotas.ts'
import { createKnownQuotas } from './known-quotas.ts'
import { createQuotaReader } from './quota-reader.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 10, 29, 12)
const at = (ms: number) => new Date(START + ms)
const QUIET = { warn: () => {} }

/** A reader before a simulator, over a store that outlives it. */
const reading = async (users = 5) => {
  const clock = testClock(START)
  const store = await emptyStore('duckdb')
  const { simulator, gateway: asked } = await simulated({ users })
  const kept = userQuotasOf(store, 'demo', simulator.endpoint)
  const config = {
    endpoint: simulator.endpoint,
    accessKeyId: simulator.accessKeyId,
    secretAccessKey: Secret.of(simulator.secretAccessKey),
    signature: 'v2' as const,
    region: 'us-east-1',
  }
  const directory = createDirectory(asked, { now: clock.now })

  const open = (isOurs = true) => {
    const dialect = createDialect({})
    const quotas = createKnownQuotas({
      kept,
      meaningOf: (told) => quotaMeaning(told, dialect),
      bytesPerTold: () => bytesPerTold(dialect),
      now: clock.now,
      elapsedMs: clock.elapsedMs,
    })
    const gateway = createGateway(config, {
      random: () => 0,
      dialect,
      onQuota: {
        read: (userId, told) => quotas.read(userId, told, clock.now()),
        changed: (userId) => quotas.changed(userId, clock.now()),
        changedForAll: () => quotas.changedForAll(clock.now()),
      },
    })
    const reader = createQuotaReader({
      cluster: { id: 'demo' },
      directory,
      gateway,
      quotas,
      log: QUIET,
      now: clock.now,
      isOurs: () => isOurs,
    })
    return { quotas, gateway, reader, sizeOf: (userId: string) => quotas.now().byUser.get(userId)?.told }
  }

  /** For how many quotas the gateway was asked since the last time. */
  const askedFor = (): number => {
    const calls = simulator.control.calls().filter(({ url }) => url.includes('ostor-quotas'))
    simulator.control.clearCalls()
    return calls.length
  }
  const all = simulator.control.oracle.users()
  const target = (n: number) => ({ userId: all[n]?.id ?? '', email: null })
  return { clock, simulator, kept, open, askedFor, all, target }
}

test('the quota of every user is read once, some at a time, and again after twelve hours', async () => {
  const { open, askedFor, all, clock } = await reading(60)
  const { reader, quotas } = open()
  await reader.round()
  expect(askedFor()).toBe(40)
  await reader.round()
  expect(askedFor()).toBe(all.length - 40)
  expect(quotas.now().byUser.size).toBe(all.length)
  clock.later(12 * HOUR_MS - 1)
  await reader.round()
  expect(askedFor()).toBe(0)
  clock.later(HOUR_MS)
  await reader.round()
  expect(askedFor()).toBe(40)
  await reader.stop()
})

test('more users than are looked for at once are read without a rest', async () => {
  const { open, askedFor, all } = await reading(1_050)
  const { reader } = open()
  for (let round = 0; round < Math.ceil(all.length / 40) + 1; round++) await reader.round()
  expect(askedFor()).toBe(all.length)
  await reader.stop()
})

test('what was read is known after a restart, and to a process that reads none', async () => {
  const { open, askedFor, all, target } = await reading()
  const first = open()
  await first.gateway.setQuota(target(1), 7)
  await first.gateway.getQuota(target(1))
  await first.reader.round()
  await first.reader.stop()
  askedFor()
  for (const isOurs of [true, false]) {
    const { reader, quotas, sizeOf } = open(isOurs)
    await reader.round()
    expect(sizeOf(target(1).userId)).toBe(7n)
    expect(quotas.now().byUser.size).toBe(all.length)
    await reader.stop()
  }
  expect(askedFor()).toBe(0)
})

test('a reading that was begun before another, or before a change, does not count', async () => {
  const { open } = await reading()
  const { quotas, sizeOf } = open()
  quotas.read('user', 2n, at(2))
  quotas.read('user', 1n, at(1))
  expect(sizeOf('user')).toBe(2n)
  await quotas.save()
  quotas.changed('user', at(4))
  quotas.read('user', 2n, at(3))
  await quotas.load()
  expect(sizeOf('user')).toBeUndefined()
  quotas.read('user', 4n, at(4))
  expect(sizeOf('user')).toBe(4n)
})

test('a gateway that fails is left alone for a while; what was read before is kept, and what others read goes on', async () => {
  const { open, simulator, clock, all, askedFor } = await reading()
  const { reader, quotas, sizeOf } = open()
  simulator.control.faults.add({ service: 'ostor-quotas', reset: 'before', nth: 3, times: 100 })
  await reader.round()
  expect(reader.state()).toBe('failing')
  const later = open(false)
  await later.reader.round()
  expect([quotas, later.quotas].map((each) => each.now().byUser.size)).toEqual([2, 2])
  simulator.control.faults.clear()
  later.quotas.read('elsewhere', 9n, clock.now())
  await later.quotas.save()
  askedFor()
  await reader.round()
  expect([askedFor(), sizeOf('elsewhere')]).toEqual([0, 9n])
  clock.later(60_000)
  await reader.round()
  expect(reader.state()).toBe('reading')
  // Who could not be read has another turn an hour later, and not before the others.
  clock.later(HOUR_MS)
  await reader.round()
  expect(all.filter(({ id }) => sizeOf(id) === undefined)).toEqual([])
  await reader.stop()
})

test('users who cannot be read hold up none of the others', async () => {
  const { open, simulator, all, askedFor, clock } = await reading(60)
  const { reader, sizeOf } = open()
  const refused = all.slice(1).filter((_user, n) => n % 20 === 0)
  for (const { email } of refused)
    simulator.control.faults.add({ service: 'ostor-quotas', parameters: { emailAddress: email }, status: 400 })
  await reader.round()
  await reader.round()
  expect(all.filter(({ id }) => sizeOf(id) === undefined)).toEqual(refused)
  expect(reader.state()).toBe('reading')
  askedFor()
  clock.later(400_000)
  await reader.round()
  expect(askedFor()).toBe(0)
  await reader.stop()
})

test('a gateway that refuses each quota is not asked for all of them', async () => {
  const { open, simulator, askedFor } = await reading(60)
  const { reader } = open()
  simulator.control.faults.add({ service: 'ostor-quotas', status: 400 })
  await reader.round()
  expect([askedFor(), reader.state()]).toEqual([5, 'failing'])
  await reader.stop()
})

test('a size counts what is known of the unit now, whenever it was read', async () => {
  const { open, askedFor, target } = await reading()
  const { reader, quotas, gateway } = open()
  await gateway.setQuota(target(1), 7)
  await reader.round()
  const { told = 0n } = quotas.now().byUser.get(target(1).userId) ?? {}
  expect([quotas.now().meaningOf(told).isUnitKnown, quotas.now().bytesPerTold]).toEqual([false, null])
  await gateway.setQuota({ every: 'bucket' }, 5)
  await gateway.getQuota({ every: 'bucket' }, 5)
  askedFor()
  await reader.round()
  expect(askedFor()).toBe(0)
  expect(quotas.now().meaningOf(told)).toMatchObject({ size: 7, isUnitKnown: true })
  expect(quotas.now().bytesPerTold).toEqual([1_000_000_000, 2 ** 30])
  await reader.stop()
})

test('what was read before the quota of every user was changed is read again, by whichever process, and once', async () => {
  const { open, askedFor, all, clock } = await reading()
  const [first, other] = [open(), open(false)]
  await first.reader.round()
  clock.later(HOUR_MS)
  await other.gateway.setQuota({ every: 'user' }, 5)
  await other.reader.round()
  clock.later(1)
  askedFor()
  await first.reader.round()
  expect(askedFor()).toBe(all.length)
  clock.later(HOUR_MS)
  await first.reader.round()
  expect(askedFor()).toBe(0)
  await first.reader.stop()
})

test('users who are gone are forgotten', async () => {
  const { open, all, clock, simulator } = await reading()
  const { reader, quotas } = open()
  await reader.round()
  const gone = all[1]?.id ?? ''
  simulator.control.users.remove(gone)
  clock.later(HOUR_MS)
  await reader.round()
  expect(quotas.now().byUser.has(gone)).toBe(false)
  expect(quotas.now().byUser.size).toBe(all.length - 1)
  await reader.stop()
})

test('a reader that is stopped asks for no more, also when it was just looking who is due', async () => {
  const { open, askedFor } = await reading()
  const { reader } = open()
  const round = reader.round()
  await reader.stop()
  await round
  expect(askedFor()).toBeLessThanOrEqual(1)
})
