import { expect, test } from 'vitest'
import { quotaReading as reading } from '../../../test/quota-reading.ts'

const HOUR_MS = 3_600_000

test('the quota of every user is read once, some at a time, and again after twelve hours', async () => {
  const { open, askedFor, all, later } = await reading(60)
  const { reader, quotas } = open()
  await reader.round()
  expect(askedFor()).toBe(40)
  await reader.round()
  expect(askedFor()).toBe(all.length - 40)
  expect(quotas.now().byUser.size).toBe(all.length)
  later(12 * HOUR_MS - 1)
  await reader.round()
  expect(askedFor()).toBe(0)
  later(HOUR_MS)
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

test('a gateway that fails is left alone for a while; what was read before is kept, and what others read goes on', async () => {
  const { open, simulator, later, now, all, askedFor } = await reading()
  const { reader, quotas, sizeOf } = open()
  simulator.control.faults.add({ service: 'ostor-quotas', reset: 'before', nth: 5, times: 100 })
  await reader.round()
  expect(reader.state()).toBe('failing')
  const another = open(false)
  await another.reader.round()
  expect([quotas, another.quotas].map((each) => each.now().byUser.size)).toEqual([2, 2])
  simulator.control.faults.clear()
  another.quotas.read('elsewhere', 9n, now())
  await another.quotas.save()
  askedFor()
  later(10_000)
  await reader.round()
  expect([askedFor(), sizeOf('elsewhere')]).toEqual([0, 9n])
  later(60_000)
  await reader.round()
  expect(reader.state()).toBe('reading')
  // Who could not be read has another turn an hour later, and not before the others.
  later(HOUR_MS)
  await reader.round()
  expect(all.filter(({ id }) => sizeOf(id) === undefined)).toEqual([])
  await reader.stop()
})

test('users who cannot be read hold up none of the others, however many they are and whenever they are tried', async () => {
  const { open, simulator, all, askedFor, later } = await reading(60)
  const { reader, sizeOf } = open()
  const refused = all.slice(1, 8)
  for (const { email } of refused)
    simulator.control.faults.add({ service: 'ostor-quotas', parameters: { emailAddress: email }, status: 400 })
  for (let round = 0; round < 4; round++) {
    await reader.round()
    later(15_000)
  }
  expect(all.filter(({ id }) => sizeOf(id) === undefined)).toEqual(refused)
  askedFor()
  later(HOUR_MS)
  const { id } = simulator.control.users.create({ email: 'new@customer.example' })
  await reader.round()
  expect([askedFor(), sizeOf(id)]).toEqual([refused.length + 1, 0n])
  expect(reader.state()).toBe('reading')
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
  const { open, askedFor, all, later } = await reading()
  const [first, other] = [open(), open(false)]
  await first.reader.round()
  later(HOUR_MS)
  await other.gateway.setQuota({ every: 'user' }, 5)
  await other.reader.round()
  later(1)
  askedFor()
  await first.reader.round()
  expect(askedFor()).toBe(all.length)
  later(HOUR_MS)
  await first.reader.round()
  expect(askedFor()).toBe(0)
  await first.reader.stop()
})

test('the quotas of all are read every five minutes by every process, whatever the gateway says to it', async () => {
  const { open, later, now, simulator } = await reading()
  const { reader, quotas } = open(false)
  const readAt = () => [quotas.forAll('user'), quotas.forAll('bucket')].map((told) => told?.readAt.getTime())
  const start = now().getTime()
  await reader.round()
  later(299_999)
  await reader.round()
  expect(readAt()).toEqual([start, start])
  later(1)
  simulator.control.faults.add({ service: 'ostor-quotas', parameters: { default: 'user' }, status: 400 })
  await reader.round()
  expect([readAt(), reader.state()]).toEqual([[start, start + 300_000], 'reading'])
  await reader.stop()
})

test('a process that reads no users is well again once the gateway answers', async () => {
  const { open, later, simulator } = await reading()
  const { reader } = open(false)
  simulator.control.faults.add({ service: 'ostor-quotas', reset: 'before', times: 100 })
  await reader.round()
  expect(reader.state()).toBe('failing')
  simulator.control.faults.clear()
  later(300_000)
  await reader.round()
  expect(reader.state()).toBe('reading')
  await reader.stop()
})

test('users who are gone are forgotten', async () => {
  const { open, all, later, simulator } = await reading()
  const { reader, quotas } = open()
  await reader.round()
  const gone = all[1]?.id ?? ''
  simulator.control.users.remove(gone)
  later(HOUR_MS)
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
