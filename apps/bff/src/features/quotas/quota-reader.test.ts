import { expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'
import { emptyStore } from '../../../test/stores.ts'
import { testClock } from '../../../test/test-clock.ts'
import { createDialect } from '../../adapters/gateway/dialect.ts'
import { createDirectory } from '../../adapters/gateway/directory.ts'
import { createGateway } from '../../adapters/gateway/gateway.ts'
import { isQuotaUnitKnown } from '../../adapters/gateway/quotas.ts'
import { Secret } from '../../adapters/gateway/secret.ts'
import { userQuotasOf } from '../../adapters/store/user-quotas.ts'
import { createKnownQuotas } from './known-quotas.ts'
import { createQuotaReader } from './quota-reader.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 10, 29, 12)
const told = (size: number) => ({ size, isUnitKnown: true, bytesPerGb: null })
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
    const quotas = createKnownQuotas(kept)
    const dialect = createDialect({})
    const gateway = createGateway(config, {
      dialect,
      random: () => 0,
      onQuota: {
        read: (userId, quota) => quotas.read(userId, quota, clock.now()),
        changedForAll: () => quotas.changedForAll(clock.now()),
      },
    })
    const reader = createQuotaReader({
      cluster: { id: 'demo' },
      directory,
      gateway,
      quotas,
      isUnitKnown: () => isQuotaUnitKnown(dialect),
      log: QUIET,
      now: clock.now,
      isOurs: () => isOurs,
    })
    return { quotas, gateway, reader }
  }

  /** Whose quota was asked for since the last time. */
  const askedFor = (): number => {
    const calls = simulator.control.calls().filter(({ url }) => url.includes('ostor-quotas'))
    simulator.control.clearCalls()
    return calls.length
  }
  const all = simulator.control.oracle.users()
  return { clock, simulator, kept, open, askedFor, all }
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

test('what was read is known after a restart, and to a process that reads none', async () => {
  const { open, askedFor, all } = await reading()
  const first = open()
  const [, user] = all
  await first.gateway.setQuota({ userId: user?.id ?? '', email: null }, 7)
  await first.gateway.getQuota({ userId: user?.id ?? '', email: null }, 7)
  await first.reader.round()
  await first.reader.stop()
  askedFor()
  for (const isOurs of [true, false]) {
    const { reader, quotas } = open(isOurs)
    await reader.round()
    expect(quotas.now().byUser.get(user?.id ?? '')).toMatchObject({ size: 7, isUnitKnown: true })
    expect(quotas.now().byUser.size).toBe(all.length)
    await reader.stop()
  }
  expect(askedFor()).toBe(0)
})

test('a reading that was begun before another does not take its place', async () => {
  const { kept } = await reading()
  const quotas = createKnownQuotas(kept)
  quotas.read('user', told(2), new Date(START + 2))
  quotas.read('user', told(1), new Date(START + 1))
  expect(quotas.now().byUser.get('user')?.size).toBe(2)
  await quotas.save()
  const other = createKnownQuotas(kept)
  other.read('user', told(3), new Date(START + 3))
  await other.load()
  expect(other.now().byUser.get('user')?.size).toBe(3)
})

test('a gateway that fails ends the round, what was read before is kept, and who was not read has another turn', async () => {
  const { open, simulator, clock, all } = await reading()
  const { reader, quotas } = open()
  simulator.control.faults.add({ service: 'ostor-quotas', status: 403, nth: 3, times: 100 })
  await reader.round()
  const later = open(false)
  await later.quotas.load()
  expect([quotas, later.quotas].map((each) => each.now().byUser.size)).toEqual([2, 2])
  simulator.control.faults.clear()
  await reader.round()
  expect(quotas.now().byUser.size).toBe(all.length - 1)
  clock.later(HOUR_MS)
  await reader.round()
  expect(quotas.now().byUser.size).toBe(all.length)
  await reader.stop()
})

test('a size that may be GB or bytes is read again once it is known which', async () => {
  const { open, askedFor, all, clock } = await reading()
  const target = { userId: all[1]?.id ?? '', email: null }
  const { reader, quotas, gateway } = open()
  await gateway.setQuota(target, 7)
  await reader.round()
  const isKnown = () => quotas.now().byUser.get(target.userId)?.isUnitKnown
  expect(isKnown()).toBe(false)
  clock.later(HOUR_MS)
  askedFor()
  await reader.round()
  expect(askedFor()).toBe(0)
  await gateway.setQuota({ every: 'bucket' }, 5)
  await gateway.getQuota({ every: 'bucket' }, 5)
  clock.later(HOUR_MS)
  askedFor()
  await reader.round()
  expect([askedFor(), isKnown()]).toEqual([1, true])
  await reader.stop()
})

test('what was read before the quota of every user was changed is read again, by whichever process', async () => {
  const { open, askedFor, all, clock } = await reading()
  const [first, other] = [open(), open(false)]
  await first.reader.round()
  clock.later(HOUR_MS)
  await other.gateway.setQuota({ every: 'user' }, 5)
  await other.reader.round()
  askedFor()
  await first.reader.round()
  expect(askedFor()).toBe(all.length)
  clock.later(HOUR_MS)
  await first.reader.round()
  expect(askedFor()).toBe(all.length)
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
