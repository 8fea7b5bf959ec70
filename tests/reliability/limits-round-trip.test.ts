import { describe, expect, test } from 'vitest'
import { simulated } from '../../apps/bff/test/simulated-gateway.ts'
import { randomOf } from './random-faults.ts'

// `LIMITS_EVERY=1 npx vitest run tests/reliability/limits-round-trip.test.ts` walks all of 0 … 10,000.
const EVERY = Number(process.env['LIMITS_EVERY'] ?? 83)
const MOST = 10_000
const IGNORED_SHARE = 0.01

const VALUES = Array.from({ length: Math.floor(MOST / EVERY) + 1 }, (_, index) => index * EVERY)

const start = async (limitsDialect: 'A' | 'B') => {
  const { gateway, simulator } = await simulated({ limitsDialect })
  const { id: userId, email } = simulator.control.users.create({ email: 'ana@example.com' })
  const target = { userId, email }
  return {
    simulator,
    set: async (value: number) => {
      const limit = value === 0 ? ('unlimited' as const) : value
      const change = { opsPerSecond: { get: limit, put: limit }, bandwidth: { out: limit } }
      await gateway.changeLimits(target, await gateway.getLimits(target), change)
    },
    read: async () => {
      const { opsPerSecond, bandwidth } = await gateway.getLimits(target)
      return [opsPerSecond.get, opsPerSecond.put, bandwidth.out]
    },
    stands: () => {
      const limits = simulator.control.oracle.limits(userId)
      return [limits?.['ops:get'], limits?.['ops:put'], limits?.['bandwidth:out']]
    },
  }
}

describe.each(['A', 'B'] as const)('limits in form %s', (form) => {
  test('are read as they were set, whatever they are', { timeout: 1_800_000 }, async () => {
    const { set, read, stands } = await start(form)
    for (const value of VALUES) {
      await set(value)
      expect({ value, read: await read(), stands: stands() }).toEqual({
        value,
        read: [value, value, value],
        stands: [value, value, value],
      })
    }
  })

  test('that a gateway acknowledges and ignores are found out each time', { timeout: 1_800_000 }, async () => {
    const random = randomOf(9)
    const { simulator, set, read } = await start(form)
    const { faults } = simulator.control
    let ignored = 0
    await set(1)
    for (let value = 2; ignored < 3 || value < VALUES.length; value += 1) {
      const before = await read()
      const isIgnored = random() < IGNORED_SHARE
      faults.clear()
      if (isIgnored) faults.add({ method: 'PUT', service: 'ostor-limits', status: 200 })
      const outcome = await set(value).then(
        () => 'done',
        (error: { problem?: { type: string } }) => error.problem?.type,
      )
      faults.clear()
      expect({ value, outcome, stands: await read() }).toEqual(
        isIgnored
          ? { value, outcome: '/problems/not-applied', stands: before }
          : { value, outcome: 'done', stands: [value, value, value] },
      )
      if (isIgnored) ignored += 1
    }
  })
})
